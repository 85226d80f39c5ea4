using Verso.Sandboxing;

namespace Verso.Rendering.Documents;

/// <summary>A <c>.qmd</c> file, taken apart.</summary>
/// <param name="FrontMatterText">The YAML block with its fences, as written; empty when there is none.</param>
public sealed record QuartoDocument(
    string Path,
    string FrontMatterText,
    YamlMap FrontMatter,
    IReadOnlyList<DocumentBlock> Blocks
)
{
    private const int MaxBytes = 16 << 20;

    /// <summary>Where each line was written; null when all of them are the document's own.</summary>
    public IReadOnlyList<SourceLine>? Places { get; init; }

    /// <summary>What its folder and its project say to it, the nearest first.</summary>
    public IReadOnlyList<YamlMap> Defaults { get; init; } = [];

    public DocumentSettings SettingsFor(string format) => new([FrontMatter, .. Defaults], format);

    /// <summary>Where a line that a block names was written.</summary>
    public SourceLine PlaceOf(int line) =>
        Places is not null && line >= 1 && line <= Places.Count ? Places[line - 1] : new SourceLine(Path, line);

    public string FileName => System.IO.Path.GetFileName(Path);

    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    public IEnumerable<DocumentBlock.Cell> Cells => Blocks.OfType<DocumentBlock.Cell>();

    /// <exception cref="DocumentException">The text cannot be understood.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<QuartoDocument> LoadAsync(string path, CancellationToken cancellationToken) =>
        DocumentParser.Parse(path, await ReadAsync(path, cancellationToken));

    /// <summary>The same, with what it includes in its place and what its project says to it.</summary>
    /// <exception cref="DocumentException">The text cannot be understood.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<QuartoDocument> LoadWholeAsync(
        string path,
        string project,
        CancellationToken cancellationToken
    )
    {
        (path, project) = (System.IO.Path.GetFullPath(path), System.IO.Path.GetFullPath(project));
        var (text, places) = Includes.Expand(project, path, await ReadAsync(path, cancellationToken));
        try
        {
            return DocumentParser.Parse(path, text) with
            {
                Places = places,
                Defaults = ProjectMetadata.For(project, path),
            };
        }
        catch (DocumentException e) when (e.Line is { } line && places is not null && line <= places.Count)
        {
            var place = places[line - 1];
            throw place.Path == path
                ? new DocumentException(e.Message, place.Line)
                : new DocumentException(
                    $"{System.IO.Path.GetRelativePath(project, place.Path)}, line {place.Line}: {e.Message}"
                );
        }
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file =
            RegularFile.OpenFollowing(path) ?? throw new DocumentException("this is no file that can be read.");
        if (file.Length > MaxBytes)
            throw new DocumentException($"the document has {file.Length:N0} bytes; at most {MaxBytes:N0} are allowed.");
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
