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
    public string FileName => System.IO.Path.GetFileName(Path);

    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    public IEnumerable<DocumentBlock.Cell> Cells => Blocks.OfType<DocumentBlock.Cell>();

    /// <exception cref="DocumentException">The text cannot be understood.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<QuartoDocument> LoadAsync(string path, CancellationToken cancellationToken) =>
        DocumentParser.Parse(path, await File.ReadAllTextAsync(path, cancellationToken));
}
