using System.Text;

namespace Verso.Sandboxing;

/// <summary>
/// What is in a folder that a stranger may write to. Links are named and never entered, as .NET's own recursion would;
/// what vanishes under the walk, or may not be read, is passed over.
/// </summary>
public static class FolderTree
{
    private const int LongestPath = 4095; // bytes, PATH_MAX without its end

    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None };

    /// <param name="beyondReach">Told a folder in which something is nested more deeply than a path can name.</param>
    /// <param name="isEntered">Whether what is in a folder is wanted too; all of it without.</param>
    public static IEnumerable<FileSystemInfo> Entries(
        string root,
        Action<string>? beyondReach = null,
        Func<FileSystemInfo, bool>? isEntered = null
    )
    {
        var open = new Stack<string>([root]);
        while (open.TryPop(out var folder))
            foreach (var entry in In(folder))
            {
                // .NET itself gives such an entry an empty path.
                if (entry.FullName.Length == 0 || Encoding.UTF8.GetByteCount(entry.FullName) > LongestPath)
                {
                    beyondReach?.Invoke(folder);
                    continue;
                }
                var isFolder = entry is DirectoryInfo && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                yield return entry;
                if (isFolder && isEntered?.Invoke(entry) != false)
                    open.Push(entry.FullName);
            }
    }

    /// <summary>Deletes a folder with all that a stranger put into it, however deeply nested.</summary>
    /// <exception cref="IOException">Something in it cannot be deleted.</exception>
    public static async Task DeleteAsync(string folder)
    {
        // rm goes from folder to folder, without paths that can become too long.
        var rm = new ProcessSpec("/bin/rm", "--recursive", "--force", "--one-file-system", "--", folder);
        var result = await ProcessRunner.RunAsync(rm, CancellationToken.None);
        if (!result.Succeeded)
        {
            // A folder that its maker has locked keeps what is in it; links are not followed.
            var unlock = new ProcessSpec("/bin/chmod", "--recursive", "u+rwX", "--", folder);
            await ProcessRunner.RunAsync(unlock, CancellationToken.None);
            result = await ProcessRunner.RunAsync(rm, CancellationToken.None);
        }
        if (!result.Succeeded)
            throw new IOException($"The folder {folder} cannot be deleted: {result.Error.Trim()}");
    }

    private static FileSystemInfo[] In(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos("*", OneFolder);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
