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
        if (roles.Contains(ServerRole.Compile))
            app.MapCompiling(settings.Compile);
        return app;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
