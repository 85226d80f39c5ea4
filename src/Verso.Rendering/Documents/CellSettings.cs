namespace Verso.Rendering.Documents;

/// <summary>How a cell runs and what of it is shown: its own options over the document's over the defaults.</summary>
public sealed record CellSettings(
    bool Echo,
    bool EchoFenced,
    bool Evaluate,
    bool Include,
    bool Output,
    bool OutputAsIs,
    bool Warning,
    bool Error,
    double FigureWidth,
    double FigureHeight,
    bool FoldCode,
    bool UnfoldFirst,
    string? CodeSummary
)
{
    public static CellSettings Of(DocumentBlock.Cell cell, DocumentSettings document)
    {
        string? Text(string key) => cell.Options.Text(key) ?? document.Text(key);
        bool Flag(string key, bool fallback) => cell.Options.Flag(key) ?? document.Flag(key) ?? fallback;
        var asIs = Text("output") is "asis";
        var fenced = Text("echo") is "fenced";
        var unfold = Text("code-fold") is "show";
        var (width, height) = FigureSize(document);
        return new CellSettings(
            Echo: fenced || Flag("echo", true),
            EchoFenced: fenced,
            Evaluate: Flag("eval", true) && document.Flag("enabled") != false,
            Include: Flag("include", true),
            Output: asIs || Flag("output", true),
            OutputAsIs: asIs,
            Warning: Flag("warning", true),
            Error: Flag("error", false),
            FigureWidth: CellOption.InchesOf(cell.Options, "fig-width") ?? width,
            FigureHeight: CellOption.InchesOf(cell.Options, "fig-height") ?? height,
            FoldCode: unfold || Flag("code-fold", false),
            UnfoldFirst: unfold,
            CodeSummary: Text("code-summary")
        );
    }

    /// <summary>In inches, for cells that name none of their own.</summary>
    public static (double Width, double Height) FigureSize(DocumentSettings document) =>
        (document.Inches("fig-width") ?? (document.IsForSlides ? 10 : 7), document.Inches("fig-height") ?? 5);
}
