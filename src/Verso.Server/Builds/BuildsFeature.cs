using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Builds.Content;
using Verso.Server.Builds.Running;

namespace Verso.Server.Builds;

public static class BuildsFeature
{
    public static IServiceCollection AddBuilds(this IServiceCollection services, BuildsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BuildLimits>();
        services.AddSingleton<ContentPasses>();
        services.AddScoped<ProjectResources>();
        services.AddScoped<BuildKeeper>();
        services.AddScoped<ProjectBuilds>();
        services.AddScoped<BuildAnswers>();
        return services;
    }

    public static IEndpointRouteBuilder MapBuilds(this IEndpointRouteBuilder app)
    {
        CompileEndpoints.Map(app);
        BuildEndpoints.Map(app);
        ContentEndpoints.Map(app);
        return app;
    }
}
