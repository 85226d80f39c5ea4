using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>The environments on disk: finding, leasing, recording and deleting them.</summary>
internal sealed class EnvironmentFiles(StoreLayout layout)
{
    /// <summary>The environment if it is complete, without a promise that it stays.</summary>
    public PythonEnvironment? TryFind(string key)
    {
        var record = StoreJson.TryRead<EnvironmentRecord>(layout.RecordFile(key));
        var directory = layout.EnvironmentDirectory(key);
        return record is not null && Directory.Exists(directory) ? new PythonEnvironment(directory, record) : null;
    }

    /// <summary>The environment and a lease that keeps it, or null when it is not there or is being built or deleted.</summary>
    public (PythonEnvironment Environment, FileLock Lease)? TryLease(string key)
    {
        var lease = FileLock.TryAcquireShared(layout.LockFile(key));
        if (lease is null)
            return null;
        // Only now can nobody delete it any more.
        if (TryFind(key) is { } environment)
        {
            Touch(layout.UsedFile(key));
            return (environment, lease);
        }
        lease.Dispose();
        return null;
    }

    public void Record(EnvironmentRecord record)
    {
        // Those who wanted it may have left: it must not look as if it had never been used.
        Touch(layout.UsedFile(record.Key));
        StoreJson.Write(layout.RecordFile(record.Key), record);
    }

    /// <summary>Deletes what there is of an environment. The caller holds its exclusive lock.</summary>
    public void Delete(string key)
    {
        File.Delete(layout.RecordFile(key));
        File.Delete(layout.UsedFile(key));
        var directory = layout.EnvironmentDirectory(key);
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <returns>False when somebody has leased it, or is building it.</returns>
    /// <param name="dryRun">Deletes nothing, and tells whether it could be.</param>
    public bool TryDelete(string key, bool dryRun)
    {
        using var held = FileLock.TryAcquireExclusive(layout.LockFile(key));
        if (held is not null && !dryRun)
            Delete(key);
        return held is not null;
    }

    /// <summary>Every complete environment, most recently used first.</summary>
    public IReadOnlyList<(PythonEnvironment Environment, DateTimeOffset LastUsed)> List() =>
        [
            .. Keys()
                .Select(TryFind)
                .OfType<PythonEnvironment>()
                .Select(environment => (environment, LastUsed(environment.Key)))
                .OrderByDescending(entry => entry.Item2),
        ];

    /// <summary>Of all that have a record.</summary>
    /// <exception cref="UnauthorizedAccessException">The store cannot be read.</exception>
    public IEnumerable<string> Keys()
    {
        try
        {
            return Directory
                .GetFiles(layout.Environments, "*.json")
                .Select(file => Path.GetFileNameWithoutExtension(file));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public DateTimeOffset LastUsed(string key) => new(File.GetLastWriteTimeUtc(layout.UsedFile(key)));

    /// <summary>Notes that a file is in use, and makes it if need be.</summary>
    public static void Touch(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        }
        catch (IOException)
        {
            // A full disk must not keep anybody from using what is there; it only looks older than it is.
        }
    }
}
