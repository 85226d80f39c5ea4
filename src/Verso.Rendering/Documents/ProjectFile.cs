using Verso.Sandboxing;

namespace Verso.Rendering.Documents;

/// <summary>Reads files that a document names: only those of its project, and through no link.</summary>
internal static class ProjectFile
{
    private const int MaxBytes = 16 << 20;

    /// <param name="path">Absolute.</param>
    /// <returns>The text, or null when no such file of the project can be read.</returns>
    public static string? TryRead(string project, string path)
    {
        if (Relative(project, path) is not { } relative)
            return null;
        var folder = project;
        foreach (var name in relative.Split('/')[..^1])
        {
            folder = Path.Combine(folder, name);
            if (EntryStatus.Of(folder) is not { Kind: EntryKind.Folder })
                return null;
        }
        using var file = RegularFile.Open(Path.Combine(project, relative));
        if (file is null || file.Length > MaxBytes)
            return null;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>The path within the project; null for one that leads out of it.</summary>
    public static string? Relative(string project, string path) =>
        Path.GetRelativePath(project, Path.GetFullPath(path)) is var relative
        && relative is not (".." or ".")
        && !relative.StartsWith("../", StringComparison.Ordinal)
        && !Path.IsPathRooted(relative)
            ? relative
            : null;
}
