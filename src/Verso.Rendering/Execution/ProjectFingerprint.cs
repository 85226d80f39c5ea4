using Verso.Environments;
using Verso.Rendering.Documents;
using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// Tells whether a project's files are as they were, for code that may read any of them: all but the document itself and
/// what is made of it.
/// </summary>
internal static class ProjectFingerprint
{
    private const int MostEntries = 10_000;

    private static readonly string[] Outputs = [".html", ".pdf", ".docx", ".pptx", ".ipynb", ".md"];

    /// <returns>Null when there are too many.</returns>
    public static string? Of(string project, QuartoDocument document)
    {
        var own = new HashSet<string>(
            Outputs
                .Select(extension => Path.ChangeExtension(document.Path, extension))
                .Append(document.Path)
                .Append(Path.Combine(document.Directory, "output.log"))
        );
        var figures = Path.ChangeExtension(document.Path, null) + "_files";
        var entries = FolderTree
            .Entries(project, isEntered: folder => folder.FullName != figures)
            .Where(entry => !own.Contains(entry.FullName) && entry.FullName != figures)
            .Take(MostEntries + 1)
            .Select(entry => Line(project, entry))
            .Order(StringComparer.Ordinal)
            .ToList();
        return entries.Count > MostEntries ? null : CanonicalJson.Hash(entries);
    }

    private static string Line(string project, FileSystemInfo entry) =>
        $"{Path.GetRelativePath(project, entry.FullName)}\0{entry.LinkTarget}\0{(entry is FileInfo { LinkTarget: null, Exists: true } file ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "")}";
}
