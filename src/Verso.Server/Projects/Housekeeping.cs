using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects;

/// <summary>Once an hour: projects that were deleted long enough ago go for good, and then blobs that nothing refers to.</summary>
internal sealed partial class Housekeeping(
    IServiceScopeFactory scopes,
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
            try
            {
                await PurgeAsync(stoppingToken);
                await blobs.CollectAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
    }

    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var before = time.GetUtcNow() - options.DeletedFor;
        var old = context.Projects.Where(project => project.DeletedAt < before);
        await context
            .Publications.Where(p => old.Any(project => project.Id == p.ProjectId))
            .ExecuteDeleteAsync(cancellationToken);
        await old.ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Housekeeping failed; it is tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
