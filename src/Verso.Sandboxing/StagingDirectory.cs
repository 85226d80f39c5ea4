using System.Security.Cryptography;

namespace Verso.Sandboxing;

/// <summary>
/// A folder for something unfinished, gone when it is disposed:
/// <code>
/// lock     flock: held for as long as the maker lives, so that what a killed process left can be told from what is in use
/// files/   what the maker puts there
/// </code>
/// </summary>
public sealed class StagingDirectory : IDisposable
{
    private const string TemporaryPrefix = "verso-work-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly FileLock _lock;

    private StagingDirectory(string folder, FileLock held) => (_folder, _lock) = (folder, held);

    /// <summary>Nobody else's, whoever may go into it.</summary>
    public string Path => System.IO.Path.Combine(_folder, "files");

    /// <summary>No other has it. A control group of the same name is swept with it.</summary>
    internal string Name => System.IO.Path.GetFileName(_folder);

    /// <summary>Makes one in a folder.</summary>
    public static StagingDirectory Create(string folder) => Create(folder, "");

    /// <summary>Makes one among the machine's temporary files, with a short path. Only this user gets past it.</summary>
    public static StagingDirectory CreateTemporary() => Create(System.IO.Path.GetTempPath(), TemporaryPrefix);

    /// <summary>Removes what processes of this user that were killed left among the machine's temporary files.</summary>
    public static async Task SweepTemporaryAsync()
    {
        foreach (var folder in Directory.GetDirectories(System.IO.Path.GetTempPath(), TemporaryPrefix + "*"))
            // Anybody may put something there.
            if (
                EntryStatus.Of(folder) is { Kind: EntryKind.Folder } status
                && status.Owner == Libc.GetEffectiveUserId()
            )
                await TrySweepAsync(folder);
    }

    /// <summary>The lock of one whose maker was killed, under which to remove it; null when it is in use or gone.</summary>
    public static FileLock? TryTakeOver(string folder)
    {
        try
        {
            return FileLock.TryAcquireExclusive(LockFileOf(folder));
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            return null;
        }
    }

    public void Dispose()
    {
        using var kept = _lock;
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // Whoever sweeps was there the moment the lock's file was gone, and removes the rest.
        }
    }

    private static StagingDirectory Create(string parent, string prefix)
    {
        Directory.CreateDirectory(parent);
        while (true)
        {
            var name = prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, name), OwnerOnly).FullName;
            // Whoever sweeps may be quicker to lock it, and remove it.
            if (TryTakeOver(folder) is not { } held)
                continue;
            if (!File.Exists(LockFileOf(folder)))
            {
                held.Dispose();
                continue;
            }
            var made = new StagingDirectory(folder, held);
            Directory.CreateDirectory(made.Path);
            return made;
        }
    }

    private static async Task TrySweepAsync(string folder)
    {
        try
        {
            using var held = TryTakeOver(folder);
            // A stranger's code may have run in there.
            if (held is not null && ControlGroup.TryRemove(System.IO.Path.GetFileName(folder)))
                await FolderTree.DeleteAsync(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program of whoever was killed is still on its way out; the next sweep has it.
        }
    }

    private static string LockFileOf(string folder) => System.IO.Path.Combine(folder, "lock");
}
