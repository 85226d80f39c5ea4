using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Running;

namespace Verso.Server.Compiling.Disk;

/// <summary>
/// Removes what nobody has used for long: builds, targets, downloads. When the disk runs short these go sooner, whichever
/// was used least recently first, until enough is free. A target whose compile runs or waits for its turn stays.
/// </summary>
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

    // From the beginning of a compile, which may take half of it; then its client fetches the outputs.
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(20);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (
            var item in Targets()
                .Concat(Files(layout.Resources, (long)options.ResourceCacheMiB << 20))
                .Concat(Files(layout.Addresses, long.MaxValue))
                .OrderBy(item => item.LastUsed)
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var age = now - item.LastUsed;
                if (age > item.KeptFor || (age > InUse && space.Percent() < WantedFreePercent))
                    await item.RemoveAsync();
                else
                    await item.PruneAsync();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.Kept(logger, e, item.Name); // one that cannot be removed must not keep all that come after it
            }
        }
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

    private IEnumerable<Unused> Targets() =>
        new DirectoryInfo(layout.Projects)
            .GetDirectories()
            .Select(folder => (Folder: folder, LastUsed: LastUsed(folder)))
            .Select(target => new Unused(
                target.Folder.Name,
                target.LastUsed,
                options.UnusedAfter,
                () => RemoveAsync(target.Folder, target.LastUsed),
                () => PruneAsync(target.Folder.Name)
            ));

    // Those that are too many have had their time.
    private static IEnumerable<Unused> Files(string folder, long mostBytes)
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            bytes += file.Length;
            yield return new Unused(
                file.Name,
                file.LastWriteTimeUtc,
                bytes > mostBytes ? TimeSpan.Zero : DownloadsKeptFor,
                () =>
                {
                    file.Delete();
                    return Task.CompletedTask;
                },
                () => Task.CompletedTask
            );
        }
    }

    private DateTime LastUsed(DirectoryInfo folder)
    {
        var state = new FileInfo(layout.Of(folder.Name).State);
        return state.Exists ? state.LastWriteTimeUtc : folder.LastWriteTimeUtc;
    }

    private async Task RemoveAsync(DirectoryInfo folder, DateTime lastUsed)
    {
        using var mine = running.TryBegin(folder.Name);
        if (mine is null || LastUsed(folder) != lastUsed)
            return;
        await using (var trash = new Trash(layout))
            await trash.TakeAsync(folder.FullName);
        Log.Removed(logger, folder.Name);
    }

    private async Task PruneAsync(string target)
    {
        using var mine = running.TryBegin(target);
        if (mine is not null)
            await builds.PruneAsync(layout.Of(target));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The folder of {Project} was removed")]
        public static partial void Removed(ILogger logger, string project);

        [LoggerMessage(LogLevel.Error, "What is not used of {Name} any more could not be removed")]
        public static partial void Kept(ILogger logger, Exception exception, string name);

        [LoggerMessage(LogLevel.Error, "What is not used any more could not be removed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
