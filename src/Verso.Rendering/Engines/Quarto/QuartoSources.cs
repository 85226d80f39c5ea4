using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>Reads what Quarto is to render, for the log and for advice. What cannot be read is left for Quarto to complain about.</summary>
internal static class QuartoSources
{
    private const int MaxDocuments = 1000;

    public static async Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken)
    {
        string[] files = Directory.Exists(target) ? [.. ProjectDocuments.In(target).Take(MaxDocuments)] : [target];
        var documents = new List<QuartoDocument>();
        var runsCode = files.Length == MaxDocuments;
        foreach (var file in files)
            try
            {
                var document = await QuartoDocument.LoadAsync(file, cancellationToken);
                documents.Add(document);
                runsCode |= RunsCode(document);
            }
            catch (DocumentException)
            {
                runsCode = true; // perhaps
            }
        return new EngineSources(documents, runsCode);
    }

    // An included file may hold cells.
    private static bool RunsCode(QuartoDocument document) =>
        document.FrontMatter.Has("jupyter")
        || document.Blocks.Any(block =>
            block is DocumentBlock.Inline or DocumentBlock.Cell { Language: "python" }
            || block is DocumentBlock.Markdown { Text: var text }
                && (text.Contains("{{< include") || text.Contains("{{< embed"))
        );
}
