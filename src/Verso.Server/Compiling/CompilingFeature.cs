using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Sandboxing;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Http;
using Verso.Server.Compiling.Installing;
using Verso.Server.Compiling.Queue;
using Verso.Server.Compiling.Remote;
using Verso.Server.Compiling.Rendering;
using Verso.Server.Compiling.Resources;
using Verso.Server.Compiling.Running;
using Verso.Server.Compiling.Sync;
using Verso.Server.Settings;

namespace Verso.Server.Compiling;

public static class CompilingFeature
{
    /// <summary>Compiling in this process, as <see cref="ICompileService"/>.</summary>
    public static IServiceCollection AddCompiling(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings.Compile);
        services.AddSingleton(new CompileLayout(settings.Compile.Directory));
        services.AddHostedService<CompileDirectory>(); // before whatever uses the folder
        services.TryAddSingleton(provider => new EnvironmentStore(
            settings.Environments,
            settings.PackageIndex,
            new Sandbox(settings.Sandbox),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.TryAddSingleton(new ModuleSources(new WheelhouseModules(settings.PackageIndex.Wheelhouses), null));
        services.AddSingleton(provider => new ResourceCache(
            ResourceHttp.NewClient(),
            provider.GetRequiredService<CompileLayout>(),
            settings.Compile
        ));
        services.TryAddSingleton<FreeSpace>();
        services.AddSingleton<RunningCompiles>();
        services.AddSingleton<CompileEvents>();
        services.AddSingleton<CompileQueues>();
        services.AddSingleton<ProjectSync>();
        services.AddSingleton<ProjectRender>();
        services.AddSingleton<ProjectValidation>();
        services.AddSingleton<BuildFiles>();
        services.AddSingleton<CompileSteps>();
        services.AddSingleton<LocalEnvironments>();
        services.AddSingleton<LocalCompileService>();
        services.AddSingleton<ICompileService>(provider => provider.GetRequiredService<LocalCompileService>());
        services.AddSingleton<Sweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweeper>());
        if (settings.Environments.Enabled)
            services.AddHostedService<StoreEviction>();
        return services;
    }

    /// <summary>Compiling by services on other machines (<c>Compile:Endpoints</c>), as <see cref="ICompileService"/>.</summary>
    public static IServiceCollection AddRemoteCompiling(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(provider => new CompileEndpoints(
            settings.Compile,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService(provider => provider.GetRequiredService<CompileEndpoints>());
        services.AddSingleton<ICompileService, RemoteCompileService>();
        return services;
    }

    /// <summary>The compile service's own HTTP interface: that of CLSI.</summary>
    public static WebApplication MapCompiling(this WebApplication app, CompileServiceOptions options)
    {
        app.UseMiddleware<ClientGuard>(options);
        ClsiEndpoints.Map(app);
        EnvironmentEndpoints.Map(app);
        HealthEndpoints.Map(app);
        return app;
    }
}
