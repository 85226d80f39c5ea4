using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Server.Projects.Versions;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects;

/// <summary>
/// Once an hour: projects that were deleted long enough ago go for good, old history is thinned, and then blobs go that
/// nothing refers to.
/// </summary>
internal sealed partial class Housekeeping(
    IServiceScopeFactory scopes,
    HistoryThinning history,
    BlobCollection blobs,
    ProjectsOptions options,
    TimeProvider time,
    ILogger<Housekeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunAsync(stoppingToken);
    }

    // What fails keeps nothing that comes after it.
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        (string What, Func<CancellationToken, Task<int>> Work)[] works =
        [
            ("deleted projects", PurgeAsync),
            ("old versions", history.ThinAsync),
            ("contents that nothing refers to", blobs.CollectAsync),
        ];
        foreach (var (what, work) in works)
            try
            {
                if (await work(cancellationToken) is > 0 and var count)
                    Log.Removed(logger, count, what);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e, what);
            }
    }

    private async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var before = time.GetUtcNow() - options.DeletedFor;
        var old = context.Projects.Where(project => project.DeletedAt < before);
        await context
            .Publications.Where(p => old.Any(project => project.Id == p.ProjectId))
            .ExecuteDeleteAsync(cancellationToken);
        return await old.ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Removed {Count} {What}")]
        public static partial void Removed(ILogger logger, int count, string what);

        [LoggerMessage(LogLevel.Error, "Removing {What} failed; it is tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception, string what);
    }
}
