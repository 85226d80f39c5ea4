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

    public string FileName => System.IO.Path.GetFileName(Path);

    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    public IEnumerable<DocumentBlock.Cell> Cells => Blocks.OfType<DocumentBlock.Cell>();

    /// <exception cref="DocumentException">The text cannot be understood.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<QuartoDocument> LoadAsync(string path, CancellationToken cancellationToken) =>
        DocumentParser.Parse(path, await ReadAsync(path, cancellationToken));

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
