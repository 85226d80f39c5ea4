using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Python.Completion;
using Verso.Server.Python.Installing;
using Verso.Server.Python.Requirements;

namespace Verso.Server.Python;

public static class PythonFeature
{
    public static IServiceCollection AddPython(this IServiceCollection services)
    {
        services.AddScoped<ProjectResolution>();
        services.AddScoped<UntrustedFiles>();
        services.AddScoped<ProjectRequirements>();
        services.AddScoped<ProjectEnvironment>();
        services.AddScoped<PackageNames>();
        return services;
    }

    public static IEndpointRouteBuilder MapPython(this IEndpointRouteBuilder app)
    {
        RequirementsEndpoints.Map(app);
        EnvironmentEndpoints.Map(app);
        PackageNamesEndpoint.Map(app);
        return app;
    }
}
