using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Verso.Sandboxing;
using Verso.Server.Compiling.Disk;
using Verso.Server.Settings;

namespace Verso.Server.Compiling.Http;

/// <summary>Whether the service is up, and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    private const string Status = "/status";
    private const string HealthCheck = "/health_check";
    private const double LeastFreePercent = 3;

    /// <summary>They tell nothing that needs a key.</summary>
    public static bool IsOne(PathString path) => path == Status || path == HealthCheck;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Status, () => TypedResults.Text("OK")).WithSummary("Whether the service is up");
        app.MapGet(HealthCheck, CheckAsync).WithSummary("Whether it can compile; 500 with the reason if not");
    }

    private static async Task<ContentHttpResult> CheckAsync(
        ServerSettings settings,
        FreeSpace space,
        IHostApplicationLifetime lifetime
    )
    {
        var reason = lifetime.ApplicationStopping.IsCancellationRequested
            ? "The service is being stopped."
            : DiskFault(space) ?? await SandboxFaultAsync(settings.Sandbox);
        return reason is null ? TypedResults.Text("OK") : TypedResults.Text(reason, statusCode: 500);
    }

    private static string? DiskFault(FreeSpace space)
    {
        try
        {
            var free = space.Percent();
            return free < LeastFreePercent
                ? $"The disk of Compile:Directory has {free:0.0}% free; {LeastFreePercent:0}% are needed."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The disk of Compile:Directory does not answer: {e.Message}";
        }
    }

    private static async Task<string?> SandboxFaultAsync(SandboxOptions options) =>
        options.Mode == SandboxMode.Confined && await Sandbox.ProbeAsync() is { Rung: SandboxRung.None } probe
            ? probe.Mend
            : null;
}
