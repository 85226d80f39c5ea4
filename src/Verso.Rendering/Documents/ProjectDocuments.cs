namespace Verso.Rendering.Documents;

/// <summary>The documents of a folder, as Quarto takes it: what begins with a dot or an underscore is left alone.</summary>
internal static class ProjectDocuments
{
    private static readonly EnumerationOptions OneFolder = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <param name="extensions">Quarto's own alone unless given.</param>
    /// <returns>Full paths, in order.</returns>
    public static IEnumerable<string> In(string folder, params IReadOnlyList<string> extensions) =>
        Walk(new DirectoryInfo(folder), extensions.Count > 0 ? extensions : [".qmd"]).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Walk(DirectoryInfo folder, IReadOnlyList<string> extensions) =>
        folder
            .EnumerateFileSystemInfos("*", OneFolder)
            .Where(entry => entry.Name[0] is not ('.' or '_') && entry.Name != "node_modules")
            .SelectMany(entry =>
                entry is DirectoryInfo inner ? Walk(inner, extensions)
                : extensions.Contains(entry.Extension) ? [entry.FullName]
                : (IEnumerable<string>)[]
            );
}
