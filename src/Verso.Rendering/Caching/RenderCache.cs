using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Rendering.Caching;

/// <summary>A cache while a render uses it.</summary>
/// <param name="held">Null for a folder that is deleted after the render.</param>
internal sealed class RenderCache(string folder, FileLock? held) : IAsyncDisposable
{
    private const long MaxBytes = 1L << 30;
    private const int BlockSize = 4096;
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Folder => folder;

    /// <summary>Whether it will be there for the next render too.</summary>
    public bool IsKept => held is not null;

    public async ValueTask DisposeAsync()
    {
        using var released = held;
        try
        {
            if (IsTooMuch())
                await FolderTree.DeleteAsync(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The render is done, and is not to fail of what it leaves; the next one of its key tries again.
        }
    }

    private bool IsTooMuch()
    {
        var isTooMuch = false;
        var bytes = 0L;
        foreach (var entry in FolderTree.Entries(folder, _ => isTooMuch = true))
        {
            if (EntryStatus.Of(entry.FullName) is { Kind: EntryKind.Folder })
                Open(entry);
            bytes += Math.Max(entry is FileInfo { LinkTarget: null, Exists: true } file ? file.Length : 0, BlockSize);
        }
        return isTooMuch || bytes > MaxBytes;
    }

    // Before the walk enters it: a folder that was locked could neither be measured nor deleted.
    private static void Open(FileSystemInfo folder)
    {
        if ((folder.UnixFileMode & OwnerAll) != OwnerAll)
            folder.UnixFileMode |= OwnerAll;
    }
}
