using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>What <c>_quarto.yml</c> says about where outputs go.</summary>
/// <param name="OutputFolder">Relative to the project; null when outputs stay beside their documents.</param>
/// <param name="LibraryFolder">What pages share, relative to the folder for outputs.</param>
internal sealed partial record QuartoProject(string? OutputFolder, string LibraryFolder)
{
    public const string FileName = "_quarto.yml";

    private const string DefaultLibraries = "site_libs";
    private const int MaxBytes = 1 << 20;

    /// <summary>Why its outputs cannot be told or are not to be put there; null when all is well.</summary>
    public LogEntry? Fault { get; private init; }

    /// <summary>Whether programs of the project run besides its documents' code.</summary>
    public bool HasScripts { get; private init; }

    /// <summary>Where the outputs of a document (of all of them, when it is null) go, relative to the project.</summary>
    public string FolderFor(string? document) => OutputFolder ?? Path.GetDirectoryName(document) ?? "";

    public static QuartoProject Read(string projectDirectory)
    {
        var text = Text(Path.Combine(projectDirectory, FileName));
        var project = new QuartoProject(null, DefaultLibraries) { HasScripts = Script().IsMatch(text) };
        try
        {
            if (Parse(text)?.Map("project") is not { } map)
                return project;
            var folder = OutputFolderOf(map);
            var libraries = map.Text("lib-dir")?.TrimEnd('/') ?? DefaultLibraries;
            var path = Path.TrimEndingDirectorySeparator(
                Path.GetFullPath(Path.Combine(projectDirectory, folder.Replace('\0', '?')))
            );
            if (path == projectDirectory)
                return project with { LibraryFolder = libraries };
            var relative = Path.GetRelativePath(projectDirectory, path);
            return Refusal(relative) is { } refusal
                ? project with
                {
                    Fault = Error(
                        $"output-dir is '{folder}', {refusal}; name a folder of the project.",
                        map.LineOf("output-dir")
                    ),
                }
                : project with
                {
                    OutputFolder = relative,
                    LibraryFolder = libraries,
                };
        }
        catch (DocumentException e)
        {
            return project with { Fault = Error($"It cannot be told where outputs go: {e.Message}", e.Line) };
        }
    }

    // Of a file that cannot be read as a whole the one part that counts; what is wrong elsewhere is Quarto's to say.
    private static YamlMap? Parse(string text)
    {
        try
        {
            return YamlMap.Parse(text, 1);
        }
        catch (DocumentException) when (!TakenFromElsewhere().IsMatch(text))
        {
            var part = Part().Match(text);
            return part.Success ? YamlMap.Parse(part.Value, text[..part.Index].Count(c => c == '\n') + 1) : null;
        }
    }

    private static string OutputFolderOf(YamlMap project) =>
        project.Text("output-dir")
        ?? project.Text("type") switch
        {
            "website" => "_site",
            "book" => "_book",
            "manuscript" => "_manuscript",
            _ => ".",
        };

    // What lies outside is not there in the sandbox; and tools obey what stands in folders such as .git.
    private static string? Refusal(string relative) =>
        relative.Split('/')[0] == ".." ? "which is outside of the project"
        : relative.Split('/').Any(name => name[0] == '.') ? "whose name begins with a dot"
        : null;

    private static LogEntry Error(string message, int? line) =>
        new(EntryLevel.Error, message, File: FileName, Line: line);

    private static string Text(string path)
    {
        using var file = RegularFile.Open(path);
        if (file is null || file.Length > MaxBytes)
            return "";
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    // All keys at once, by an alias or in braces.
    [GeneratedRegex(@"^(?:<<|\{|\?)", RegexOptions.Multiline)]
    private static partial Regex TakenFromElsewhere();

    [GeneratedRegex(@"^(?:project|'project'|""project"") *:.*(?:\n(?:[ #\t\r].*)?)*", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(?:pre|post)-render\b")]
    private static partial Regex Script();
}
