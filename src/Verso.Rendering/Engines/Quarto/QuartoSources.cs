using System.Text.RegularExpressions;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>Reads what Quarto is to render, for the log and for advice. What cannot be read is left for Quarto to complain about.</summary>
internal static partial class QuartoSources
{
    private const int MaxDocuments = 1000;

    public static async Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken)
    {
        var isProject = Directory.Exists(target);
        string[] files = isProject ? [.. ProjectDocuments.In(target).Take(MaxDocuments)] : [target];
        var documents = new List<QuartoDocument>();
        // A project may have notebooks and scripts as well.
        var runsCode = isProject || QuartoProject.Read(ProjectDirectory.At(target)).HasScripts;
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
        return new EngineSources(documents, runsCode) { MayRunCode = true };
    }

    // An included file may hold cells.
    private static bool RunsCode(QuartoDocument document) =>
        document.FrontMatter.Has("jupyter")
        || document.FrontMatter.Has("engine")
        || document.Blocks.Any(block =>
            block is DocumentBlock.Inline or DocumentBlock.Cell { Language: "python" }
            || block is DocumentBlock.Markdown { Text: var text } && MayHoldCode().IsMatch(text)
        );

    // However it is written: a cell that Verso takes for none of its own is Quarto's to judge.
    [GeneratedRegex(@"\{\{<\s*(?:include|embed)\b|\{+\s*\.?(?:python|jupyter)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MayHoldCode();
}
