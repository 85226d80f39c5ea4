using System.Text.RegularExpressions;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>Finds what Quarto made: the files that its log names, what belongs to them, and the project's folder for outputs.</summary>
internal sealed partial class QuartoOutputs
{
    // What needs nothing beside it.
    private static readonly string[] Whole = [".docx", ".epub", ".odt", ".pdf", ".pptx", ".rtf", ".tex"];

    private readonly QuartoProject _settings;
    private readonly string? _document;
    private readonly Dictionary<string, bool> _files;
    private readonly List<string> _documents = [];
    private readonly HashSet<string> _supporting = [];

    /// <param name="document">Relative to the project; null when it was the whole of it.</param>
    private QuartoOutputs(WritableProject project, QuartoProject settings, string? document)
    {
        (_settings, _document) = (settings, document);
        _files = project.Files().ToDictionary(file => file.Relative, file => file.Changed);
    }

    /// <returns>Paths relative to the project, documents first; none when the log names no document that is there.</returns>
    public static IReadOnlyList<(string Path, OutputKind Kind)> Find(
        IEnumerable<string> log,
        WritableProject project,
        QuartoProject settings,
        string? document
    )
    {
        var outputs = new QuartoOutputs(project, settings, document);
        outputs.ReadLog(log);
        if (outputs._documents.Count == 0)
            return [];
        outputs.AddFolder();
        return
        [
            .. outputs._documents.Select(path => (path, OutputKind.Document)),
            .. outputs
                ._supporting.Except(outputs._documents)
                .Order(StringComparer.Ordinal)
                .Select(path => (path, OutputKind.Supporting)),
        ];
    }

    /// <summary>Whether a file is one of those that Quarto makes, or was making when it failed.</summary>
    /// <param name="documents">What was rendered, relative to the project.</param>
    public static bool IsMade(string path, QuartoProject settings, IEnumerable<string> documents) =>
        settings.OutputFolder is { } folder && IsIn(path, folder)
        || documents.Any(document => IsIn(path, Stem(document) + "_files") || IsMadeOf(document, path))
        || path.EndsWith(".quarto_ipynb", StringComparison.Ordinal);

    private static bool IsMadeOf(string document, string path) =>
        Stem(path) == Stem(document)
        && Path.GetExtension(path) is var extension
        && (Whole.Contains(extension) || extension is ".html" or ".typ");

    private void ReadLog(IEnumerable<string> log)
    {
        var source = _document; // that is being rendered
        foreach (var line in log)
            if (Heading().Match(line) is { Success: true } heading)
                source = heading.Groups["file"].Value;
            else if (OutputFile().Match(line) is { Success: true } made)
                AddNamed(source, made.Groups["file"].Value.Trim('"', '\''));
            else if (Created().Match(line) is { Success: true } created)
                AddMain(Normal(Path.Combine(Folder(_document), created.Groups["file"].Value)));
    }

    // What Quarto would open: the one to show first.
    private void AddMain(string path)
    {
        Add(_document, path);
        if (_documents.Remove(path))
            _documents.Insert(0, path);
    }

    // Beside its source, or where the project has it moved to; of what is made by way of another format, the log has that.
    private void AddNamed(string? source, string name)
    {
        string[] names = Path.GetExtension(name) is ".tex" or ".typ"
            ? [name, Path.ChangeExtension(name, ".pdf")]
            : [name];
        foreach (var each in names)
        {
            var beside = Path.Combine(Folder(source), each);
            Add(source, Normal(beside));
            if (_settings.OutputFolder is { } folder)
                Add(source, Normal(Path.Combine(folder, beside)));
        }
    }

    private void Add(string? source, string path)
    {
        // The log holds what documents print as well.
        if (!_files.GetValueOrDefault(path) || !IsIn(path, _settings.FolderFor(_document)) || _documents.Contains(path))
            return;
        _documents.Add(path);
        if (Whole.Contains(Path.GetExtension(path)))
            return;
        var stems = new HashSet<string> { Stem(path) };
        if (source is not null)
            stems.Add(Path.Combine(Folder(path), Path.GetFileNameWithoutExtension(source)));
        _supporting.UnionWith(_files.Keys.Where(file => stems.Any(stem => IsIn(file, stem + "_files"))));
    }

    // Of a project all of it; of one page what it changed, and what all pages share.
    private void AddFolder()
    {
        if (_settings.OutputFolder is not { } folder)
            return;
        var libraries = Path.Combine(folder, _settings.LibraryFolder);
        foreach (var (path, changed) in _files)
            if (IsIn(path, folder) && (_document is null || changed || IsIn(path, libraries)))
                _supporting.Add(path);
    }

    private static string Folder(string? path) => Path.GetDirectoryName(path) ?? "";

    private static string Stem(string path) => Path.Combine(Folder(path), Path.GetFileNameWithoutExtension(path));

    private static bool IsIn(string path, string folder) =>
        folder.Length == 0 || path.StartsWith(folder + '/', StringComparison.Ordinal);

    // Relative to the project; what leads out of it is none of its files.
    private static string Normal(string path) =>
        Path.GetRelativePath("/", Path.GetFullPath(path.Replace('\0', '?'), "/"));

    [GeneratedRegex(@"^\[[0-9]+/[0-9]+\] (?<file>\S.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^  output-file: (?<file>.+)$")]
    private static partial Regex OutputFile();

    [GeneratedRegex(@"^Output created: (?<file>.+)$")]
    private static partial Regex Created();
}
