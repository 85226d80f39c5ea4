using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Verso.Server.Compiling;
using Verso.Server.Settings;
using Verso.Server.Web;

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
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context =>
            {
                if (context.Exception is CompileServiceException fault)
                    context.ProblemDetails.Detail = fault.Message;
            }
        );
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        // Signals are the calling program's affair.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.AddLogs();
        builder.AddTelemetry();
        builder.WebHost.UseUrls(roles.Contains(ServerRole.Web) ? settings.Web.Listen : settings.Compile.Listen);
        if (roles.Contains(ServerRole.Compile))
            builder.Services.AddCompiling(settings);
        else
            builder.Services.AddRemoteCompiling(settings);
        if (roles.Contains(ServerRole.Web))
            builder.Services.AddWorkspace(settings);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = FaultStatus.Of });
        app.UseStatusCodePages();
        // One process has one interface: where the workspace is, it alone calls the compile service.
        if (roles.Contains(ServerRole.Web))
            app.MapWorkspace(settings);
        else
            app.MapCompiling(settings.Compile);
        app.MapOpenApi().WithMetadata(new NeedMetadata(Need.Nobody));
        return app;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
