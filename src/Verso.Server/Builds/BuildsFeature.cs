using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Rendering.Logs.Advising;
using Verso.Server.Builds.Content;
using Verso.Server.Builds.Events;
using Verso.Server.Builds.Sources;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Builds;

public static class BuildsFeature
{
    public static IServiceCollection AddBuilds(this IServiceCollection services, BuildsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<StartLimits>();
        services.AddSingleton<ContentAddress>();
        services.AddSingleton<SourceAddress>();
        services.AddSingleton<ProjectEvents>();
        services.AddSingleton<Listeners>();
        services.AddScoped<ProjectFiles>();
        services.AddScoped<KeptBuilds>();
        services.AddScoped<ProjectCompiles>();
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new KebabCaseConverter<AdviceKind>())
        );
        return services;
    }

    public static IEndpointRouteBuilder MapBuilds(this IEndpointRouteBuilder app)
    {
        CompileEndpoints.Map(app);
        BuildEndpoints.Map(app);
        EventEndpoints.Map(app);
        ContentEndpoints.Map(app);
        SourceEndpoints.Map(app);
        return app;
    }
}
