using Verso.Environments.Store;
using Verso.Sandboxing;

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
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    /// <param name="complete">The keys of environments that are known to be whole.</param>
    public IEnumerable<Evicted> Remove(IReadOnlySet<string> complete, bool dryRun) =>
        Staging(dryRun).Concat(HalfEnvironments(complete, dryRun)).Concat(OldNotes(dryRun));

    /// <summary>A folder's files as they are now. What is there one moment may be gone the next.</summary>
    public static IEnumerable<FileInfo> FilesIn(string folder) =>
        new DirectoryInfo(folder).GetFiles().Where(file => file.Exists);

    /// <summary>It is renamed once it is whole.</summary>
    public static bool IsUnfinished(FileInfo file) => file.Extension == ".tmp";

    public static Evicted Measure(string path) => new(EvictedKind.Leftover, path, DiskSpace.OfTree(path));

    private IEnumerable<Evicted> Staging(bool dryRun) =>
        Directory.GetDirectories(layout.Staging).Select(path => TryRemoveStaging(path, dryRun)).OfType<Evicted>();

    private static Evicted? TryRemoveStaging(string path, bool dryRun)
    {
        try
        {
            using var held = StagingDirectory.TryTakeOver(path);
            if (held is null)
                return null;
            var item = Measure(path);
            if (!dryRun)
                Directory.Delete(path, recursive: true);
            return item;
        }
        catch (IOException)
        {
            return null; // A program of whoever was killed is still on its way out; the next pass has it.
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
            (layout.Environments, TimeSpan.MaxValue),
            (layout.Interpreters, TimeSpan.MaxValue),
            (layout.DownloadedFiles, TimeSpan.MaxValue),
        ];
        foreach (var (folder, kept) in notes)
        foreach (var file in FilesIn(folder))
        {
            if (now - file.LastWriteTimeUtc <= (IsUnfinished(file) ? LongestWrite : kept))
                continue;
            yield return new Evicted(EvictedKind.Leftover, file.FullName, new DiskSpace(file.Length, 1));
            if (!dryRun)
                file.Delete();
        }
    }

    /// <summary>Deletes the lock files of what is not there (any more). They are empty, and in nobody's report.</summary>
    public void RemoveLocks()
    {
        foreach (var path in Directory.GetFiles(layout.Locks))
        {
            if (layout.IsLockOfSomething(path))
                continue;
            using var held = FileLock.TryAcquireExclusive(path);
            if (held is not null && !layout.IsLockOfSomething(path))
                File.Delete(path);
        }
    }
}
