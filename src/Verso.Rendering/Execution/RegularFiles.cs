using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>Copies between a project and a place where a stranger's code ran: no link is followed, nothing but regular files.</summary>
internal static class RegularFiles
{
    /// <summary>Everything that looks like a file; <see cref="Put"/> finds out whether it is one.</summary>
    public static IEnumerable<(string Relative, FileInfo File)> In(string root) =>
        FolderTree
            .Entries(root)
            .OfType<FileInfo>()
            .Where(file => !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            .Select(file => (Path.GetRelativePath(root, file.FullName), file));

    /// <summary>Puts a file where it belongs, replacing a file there but never writing through a link.</summary>
    public static void Put(string source, string root, string relative)
    {
        var folder = root;
        foreach (var name in relative.Split('/')[..^1])
        {
            folder = Path.Combine(folder, name);
            if (EntryStatus.Of(folder) is { Kind: not EntryKind.Folder })
                return;
            Directory.CreateDirectory(folder);
        }
        var temporary = Path.Combine(folder, $".verso-{Guid.NewGuid():N}.tmp");
        var target = Path.Combine(root, relative);
        if (RegularFile.TryCopy(source, temporary) && !Directory.Exists(target))
            File.Move(temporary, target, overwrite: true);
        File.Delete(temporary);
    }

    /// <summary>Deletes a file, unless a link stands on the way to it.</summary>
    public static void Delete(string root, string relative)
    {
        for (
            var folder = Path.GetDirectoryName(relative);
            folder is { Length: > 0 };
            folder = Path.GetDirectoryName(folder)
        )
            if (EntryStatus.Of(Path.Combine(root, folder)) is not { Kind: EntryKind.Folder })
                return;
        if (EntryStatus.Of(Path.Combine(root, relative)) is { Kind: EntryKind.File })
            File.Delete(Path.Combine(root, relative));
    }
}
