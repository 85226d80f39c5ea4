using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Verso.Server.Compiling;
using Verso.Server.Settings;

namespace Verso.Server.Hosting;

/// <summary>Puts a server together from the roles that it has. Each feature brings its <c>AddX</c> and <c>MapX</c>.</summary>
public static class ServerHost
{
    /// <param name="configure">For what an embedding program adds, or replaces.</param>
    public static WebApplication Create(
        ServerSettings settings,
        IReadOnlySet<ServerRole> roles,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        // The empty builder reads no files or variables: settings come from one place.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddRouting();
<<<<<<< HEAD
=======
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
>>>>>>> eecfb56c1afe8b706d741acd6d0006febb603459
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        // Signals are the calling program's affair.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.AddLogs();
        builder.AddTelemetry();
        if (roles.Contains(ServerRole.Compile))
        {
            builder.WebHost.UseUrls(settings.Compile.Listen);
            builder.Services.AddCompiling(settings);
        }
        configure?.Invoke(builder);

        var app = builder.Build();
<<<<<<< HEAD
        if (roles.Contains(ServerRole.Compile))
            app.MapCompiling(settings.Compile);
=======
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (roles.Contains(ServerRole.Compile))
            app.MapCompiling(settings.Compile);
        app.MapOpenApi();
>>>>>>> eecfb56c1afe8b706d741acd6d0006febb603459
        return app;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
