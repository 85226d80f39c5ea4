using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

/// <summary>What nobody can use any more: unfinished work of processes that were killed, and notes past their time.</summary>
internal sealed class Leftovers(
    EnvironmentFiles files,
    StoreLayout layout,
    EnvironmentsOptions options,
    TimeProvider time
)
{
    private static readonly TimeSpan ProjectsForgotten = TimeSpan.FromDays(180);
    private static readonly TimeSpan LogsForgotten = TimeSpan.FromDays(30);

    /// <param name="complete">The keys of environments that are known to be whole.</param>
    public IEnumerable<Evicted> Remove(IReadOnlySet<string> complete, bool dryRun) =>
        Staging(dryRun).Concat(HalfEnvironments(complete, dryRun)).Concat(OldNotes(dryRun));

    private IEnumerable<Evicted> Staging(bool dryRun)
    {
        foreach (var path in Directory.GetDirectories(layout.Staging))
        {
            using var held = FileLock.TryAcquireExclusive(StagingDirectory.LockFileOf(path));
            if (held is null || !Directory.Exists(path))
                continue;
            yield return Measure(path);
            if (dryRun)
                continue;
            Directory.Delete(path, recursive: true);
            File.Delete(StagingDirectory.LockFileOf(path));
        }
    }

    private IEnumerable<Evicted> HalfEnvironments(IReadOnlySet<string> complete, bool dryRun)
    {
        foreach (var path in Directory.GetDirectories(layout.Environments))
        {
            var key = Path.GetFileName(path);
            if (complete.Contains(key))
                continue;
            using var held = FileLock.TryAcquireExclusive(layout.LockFile(key));
            if (held is null || files.TryFind(key) is not null || !Directory.Exists(path))
                continue;
            yield return Measure(path);
            if (!dryRun)
                files.Delete(key);
        }
    }

    private IEnumerable<Evicted> OldNotes(bool dryRun)
    {
        var now = time.GetUtcNow().UtcDateTime;
        (string Folder, TimeSpan Kept)[] notes =
        [
            (layout.Resolutions, options.ResolutionMaxAge),
            (layout.Failures, options.RetryAfter),
            (layout.Projects, ProjectsForgotten),
            (layout.Logs, LogsForgotten),
        ];
        foreach (var (folder, kept) in notes)
        foreach (var file in new DirectoryInfo(folder).GetFiles())
        {
            // What is being written stands there under another name for a moment.
            if (!file.Exists || now - file.LastWriteTimeUtc <= kept)
                continue;
            yield return new Evicted(EvictedKind.Leftover, file.FullName, new DiskSpace(file.Length, 1));
            if (!dryRun)
                file.Delete();
        }
    }

    public static Evicted Measure(string path) => new(EvictedKind.Leftover, path, DiskSpace.OfTree(path));
}
