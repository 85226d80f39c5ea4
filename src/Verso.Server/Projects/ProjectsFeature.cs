using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Projects.Changes;
using Verso.Server.Projects.Files;
using Verso.Server.Projects.Versions;
using Verso.Server.Projects.Zips;

namespace Verso.Server.Projects;

public static class ProjectsFeature
{
    public static IServiceCollection AddProjects(this IServiceCollection services, ProjectsOptions options)
    {
        services.AddSingleton(options);
        services.AddScoped<ProjectLock>();
        services.AddScoped<ProjectChanges>();
        services.AddScoped<NewProjects>();
        services.AddScoped<ZipReader>();
        services.AddSingleton<ZipPlaces>();
        services.AddSingleton<ExampleProjects>();
        services.AddSingleton<HistoryThinning>();
        services.AddSingleton<Housekeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        return services;
    }

    public static IEndpointRouteBuilder MapProjects(this IEndpointRouteBuilder app, ProjectsOptions options)
    {
        ProjectEndpoints.Map(app);
        NewProjectEndpoints.Map(app);
        DeletionEndpoints.Map(app);
        FileEndpoints.Map(app, options);
        VersionEndpoints.Map(app);
        ZipEndpoints.Map(app, options);
        return app;
    }
}
