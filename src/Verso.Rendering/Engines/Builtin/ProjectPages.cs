using System.IO.Enumeration;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Quarto;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The pages of a project: its documents, or those of them that <c>project: render:</c> lists.</summary>
/// <param name="OutputFolder">Where its outputs go.</param>
/// <param name="Type">Quarto's name for the kind of project; null for plain pages.</param>
internal sealed record ProjectPages(string OutputFolder, string? Type, IReadOnlyList<string> Paths)
{
    private const int MaxPages = 1000;

    /// <exception cref="DocumentException">There is nothing to render, or what the project says cannot be read.</exception>
    public static ProjectPages Of(string folder)
    {
        var project = Read(Path.Combine(folder, QuartoProject.FileName));
        var output = Path.GetFullPath(Path.Combine(folder, QuartoProject.Read(folder).FolderFor(null)));
        var listed = project.Texts("render");
        var paths = ProjectDocuments
            .In(folder, ".qmd", ".md")
            .Where(path => output == folder || !IsWithin(path, output))
            .Where(path => Path.GetFileNameWithoutExtension(path) != "README")
            .Where(path => IsListed(Path.GetRelativePath(folder, path), listed))
            .Take(MaxPages)
            .ToList();
        return paths.Count > 0
            ? new ProjectPages(output, project.Text("type"), paths)
            : throw new DocumentException("The project has no documents to render.");
    }

    private static YamlMap Read(string path)
    {
        using var file = RegularFile.Open(path);
        if (file is null)
            return YamlMap.Empty;
        using var reader = new StreamReader(file);
        return YamlMap.Parse(reader.ReadToEnd(), 1).Map("project") ?? YamlMap.Empty;
    }

    // As Quarto reads the list: patterns, folders, and what is left out with a "!".
    private static bool IsListed(string path, IReadOnlyList<string> listed)
    {
        if (listed.Any(entry => entry.StartsWith('!') && Matches(path, entry[1..])))
            return false;
        var wanted = listed.Where(entry => !entry.StartsWith('!')).ToList();
        return wanted.Count == 0 || wanted.Any(entry => Matches(path, entry));
    }

    private static bool Matches(string path, string pattern) =>
        IsWithin(path, pattern.TrimEnd('/'))
        || FileSystemName.MatchesSimpleExpression(pattern.Replace("**/", "*"), path, ignoreCase: false);

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder + '/', StringComparison.Ordinal);
}
