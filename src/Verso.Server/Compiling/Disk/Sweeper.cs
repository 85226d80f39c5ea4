using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Running;

namespace Verso.Server.Compiling.Disk;

/// <summary>Removes what nobody has used for long: builds, targets, downloads; sooner when the disk runs short.</summary>
internal sealed partial class Sweeper(
    CompileLayout layout,
    CompileServiceOptions options,
    RunningCompiles running,
    BuildFiles builds,
    FreeSpace space,
    TimeProvider time,
    ILogger<Sweeper> logger
) : BackgroundService
{
    private const double WantedFreePercent = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DownloadsKeptFor = TimeSpan.FromDays(7);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (target, lastUsed) in Targets())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (now - lastUsed > options.UnusedAfter || space.Percent() < WantedFreePercent)
                    await RemoveAsync(target);
                else
                    await PruneAsync(target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.Kept(logger, e, target); // one that cannot be removed must not keep all that come after it
            }
        }
        RemoveOld(layout.Addresses, long.MaxValue, now);
        RemoveOld(layout.Resources, (long)options.ResourceCacheMiB << 20, now);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.Failed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Those that nobody has used for longest first.
    private List<(string Target, DateTime LastUsed)> Targets() =>
        [
            .. new DirectoryInfo(layout.Projects)
                .GetDirectories()
                .Select(folder => (folder.Name, LastUsed: LastUsed(folder)))
                .OrderBy(target => target.LastUsed),
        ];

    private DateTime LastUsed(DirectoryInfo folder)
    {
        var state = new FileInfo(layout.Of(folder.Name).State);
        return state.Exists ? state.LastWriteTimeUtc : folder.LastWriteTimeUtc;
    }

    private async Task RemoveAsync(string target)
    {
        using var mine = running.TryBegin(target);
        if (mine is null)
            return;
        await using (var trash = new Trash(layout))
            await trash.TakeAsync(layout.Of(target).Folder);
        Log.Removed(logger, target);
    }

    private async Task PruneAsync(string target)
    {
        using var mine = running.TryBegin(target);
        if (mine is not null)
            await builds.PruneAsync(layout.Of(target));
    }

    private static void RemoveOld(string folder, long mostBytes, DateTime now)
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            bytes += file.Length;
            if (bytes > mostBytes || now - file.LastWriteTimeUtc > DownloadsKeptFor)
                file.Delete();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The folder of {Project} was removed")]
        public static partial void Removed(ILogger logger, string project);

        [LoggerMessage(LogLevel.Error, "What is not used of {Project} any more could not be removed")]
        public static partial void Kept(ILogger logger, Exception exception, string project);

        [LoggerMessage(LogLevel.Error, "What is not used any more could not be removed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
