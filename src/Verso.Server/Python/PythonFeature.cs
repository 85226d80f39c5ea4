using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Verso.Server.Python;

public static class PythonFeature
{
    public static IServiceCollection AddPython(this IServiceCollection services)
    {
        services.AddScoped<ProjectRequirements>();
        services.AddScoped<ProjectEnvironments>();
        return services;
    }

    public static IEndpointRouteBuilder MapPython(this IEndpointRouteBuilder app)
    {
        RequirementsEndpoints.Map(app);
        EnvironmentEndpoints.Map(app);
        PackageEndpoints.Map(app);
        return app;
    }
}
