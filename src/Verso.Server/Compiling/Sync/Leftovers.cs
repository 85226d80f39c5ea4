using Verso.Sandboxing;
using Verso.Server.Compiling.Disk;

namespace Verso.Server.Compiling.Sync;

/// <summary>
/// Removes from a project's folder what is none of its resources: what renders left, and files that the project no longer
/// has. What Quarto and its kernels cache stays, unless that is to go too.
/// </summary>
internal sealed class Leftovers(IReadOnlyCollection<string> resources, bool keepCaches)
{
    private static readonly string[] Caches = [".quarto", "_freeze", ".jupyter_cache"];
    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None };

    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly HashSet<string> _files = [.. resources];
    private readonly HashSet<string> _folders = [.. resources.SelectMany(Above)];

    public Task RemoveAsync(string project, Trash trash) => RemoveAsync(project, "", isCache: false, trash);

    private async Task RemoveAsync(string folder, string prefix, bool isCache, Trash trash)
    {
        // One that a document has locked would keep the next compile from its files.
        var mode = File.GetUnixFileMode(folder);
        if ((mode & Open) != Open)
            File.SetUnixFileMode(folder, mode | Open);
        foreach (var entry in new DirectoryInfo(folder).GetFileSystemInfos("*", OneFolder))
        {
            var path = prefix + entry.Name;
            var isFolder = EntryStatus.Of(entry.FullName) is { Kind: EntryKind.Folder };
            var isInCache = keepCaches && (isCache || isFolder && IsCache(entry.Name));
            if (isFolder && _folders.Contains(path))
                await RemoveAsync(entry.FullName, path + '/', isInCache, trash);
            else if (isFolder ? !isInCache || _files.Contains(path) : IsLeft(entry, path, isInCache))
                await TakeAsync(entry.FullName, isFolder, trash);
        }
    }

    // A link, or a file where a folder belongs, goes as well.
    private bool IsLeft(FileSystemInfo entry, string path, bool isInCache) =>
        EntryStatus.Of(entry.FullName) is not { Kind: EntryKind.File }
        || _folders.Contains(path)
        || !_files.Contains(path) && !isInCache;

    private static async Task TakeAsync(string path, bool isFolder, Trash trash)
    {
        if (isFolder)
            await trash.TakeAsync(path);
        else
            File.Delete(path);
    }

    private static bool IsCache(string name) =>
        Caches.Contains(name) || name.EndsWith("_cache", StringComparison.Ordinal);

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.IndexOf('/'); at > 0; at = path.IndexOf('/', at + 1))
            yield return path[..at];
    }
}
