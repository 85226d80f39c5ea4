namespace Verso.Environments.Store;

/// <summary>
/// A folder for something unfinished, gone when it is disposed. A lock beside it shows that its maker lives: what a
/// process that was killed left behind can be told from what is in use.
/// </summary>
public sealed class StagingDirectory : IDisposable
{
    private readonly FileLock _lock;
    private readonly string _lockFile;

    private StagingDirectory(string path, FileLock held, string lockFile) =>
        (Path, _lock, _lockFile) = (path, held, lockFile);

    public string Path { get; }

    /// <summary>Makes one in a folder.</summary>
    public static StagingDirectory Create(string folder)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            var path = System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N"));
            var lockFile = LockFileOf(path);
            // Whoever sweeps the folder may be quicker to lock it.
            if (FileLock.TryAcquireExclusive(lockFile) is not { } held)
                continue;
            Directory.CreateDirectory(path);
            return new StagingDirectory(path, held, lockFile);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        File.Delete(_lockFile);
        _lock.Dispose();
    }

    /// <summary>Held for as long as the maker of the folder lives.</summary>
    internal static string LockFileOf(string path) => path + ".lock";
}
