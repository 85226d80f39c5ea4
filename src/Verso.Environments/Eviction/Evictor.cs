using Verso.Environments.Store;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Eviction;

/// <summary>
/// Keeps the store within its marks: what is used least recently goes first, and never what somebody has leased or is
/// linking from. One pass at a time, whatever the number of processes.
/// </summary>
public sealed class Evictor
{
    private static readonly TimeSpan RestBetweenBuilds = TimeSpan.FromMinutes(5);

    private readonly EnvironmentFiles _files;
    private readonly WheelStore _wheels;
    private readonly StoreLayout _layout;
    private readonly EvictionOptions _options;
    private readonly Leftovers _leftovers;
    private readonly TimeProvider _time;

    internal Evictor(
        EnvironmentFiles files,
        WheelStore wheels,
        StoreLayout layout,
        EnvironmentsOptions options,
        TimeProvider time
    )
    {
        (_files, _wheels, _layout, _options, _time) = (files, wheels, layout, options.Eviction, time);
        _leftovers = new Leftovers(files, layout, options, time);
    }

    /// <summary>Before a build: a pass, unless there was one a moment ago.</summary>
    public void RunIfDue(CancellationToken cancellationToken)
    {
        var rested = _time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(_layout.EvictionLockFile);
        if (rested > RestBetweenBuilds || rested < TimeSpan.Zero)
            Run(dryRun: false, cancellationToken);
    }

    /// <param name="needed">What must become free, even where the marks are not passed.</param>
    /// <returns>What was removed, or with a dry run would be; null while another pass runs.</returns>
    /// <exception cref="IOException">The store cannot be used.</exception>
    public EvictionReport? Run(bool dryRun, CancellationToken cancellationToken, DiskSpace needed = default)
    {
        _layout.Create();
        using var turn = FileLock.TryAcquireExclusive(_layout.EvictionLockFile);
        if (turn is null)
            return null;
        if (!dryRun)
            EnvironmentFiles.Touch(_layout.EvictionLockFile);
        // Once for both: reading the records takes most of a pass.
        var environments = _files.List().Select(entry => entry.Environment).ToList();
        List<Evicted> removed = [.. _leftovers.Remove(environments.Select(one => one.Key).ToHashSet(), dryRun)];
        var contents = new StoreContents(environments, _files, _wheels, _layout);
        var (before, usage) = (contents.Usage, contents.Usage);
        if (usage.Exceeds(_options.High) || needed != default)
            foreach (var candidate in contents.Candidates())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var freed = before.Store - usage.Store;
                if (!usage.Exceeds(_options.Low) && freed.Bytes >= needed.Bytes && freed.Files >= needed.Files)
                    break;
                if (!candidate.TryRemove(dryRun))
                    continue;
                removed.Add(candidate.Item);
                usage = usage.Without(candidate.Item.Space);
            }
        var report = new EvictionReport(removed, before.Store, usage.Store);
        if (dryRun)
            return report;
        _leftovers.RemoveLocks();
        EnvironmentMetrics.Evicted(report);
        return report;
    }

    /// <summary>Removes what an older layout left, which nothing reads any more.</summary>
    public IReadOnlyList<Evicted> RemoveLegacy(bool dryRun) => [.. LegacyLayout.Remove(_layout.StoreDirectory, dryRun)];
}
