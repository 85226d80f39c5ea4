namespace Verso.Rendering.Documents;

/// <summary>How a cell runs and what of it is shown: its own options over the document's over the defaults.</summary>
public sealed record CellSettings(
    bool Echo,
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
    string CodeSummary
)
{
    private static readonly string[] Known =
    [
        .. (string[])["label", "echo", "eval", "include", "output", "warning", "error", "fig-cap", "fig-alt"],
        .. (string[])["fig-width", "fig-height", "tbl-cap", "code-fold", "code-summary"],
    ];

    /// <summary>Option names that nothing here understands.</summary>
    public static IEnumerable<string> Unknown(DocumentBlock.Cell cell) => cell.Options.Keys.Except(Known);

    public static CellSettings Of(DocumentBlock.Cell cell, DocumentSettings document)
    {
        string? Text(string key) => cell.Options.Text(key) ?? document.Execute(key);
        bool Flag(string key, bool fallback) => cell.Options.Flag(key) ?? document.ExecuteFlag(key) ?? fallback;
        var fold = cell.Options.Text("code-fold") ?? document.Text("code-fold");
        return new CellSettings(
            Echo: Flag("echo", true),
            Evaluate: Flag("eval", true),
            Include: Flag("include", true),
            Output: Flag("output", true),
            OutputAsIs: Text("output") is "asis",
            Warning: Flag("warning", true),
            Error: Flag("error", false),
            FigureWidth: cell.Options.Number("fig-width") ?? document.Number("fig-width") ?? 7,
            FigureHeight: cell.Options.Number("fig-height") ?? document.Number("fig-height") ?? 5,
            FoldCode: fold is "true" or "show",
            UnfoldFirst: fold is "show",
            CodeSummary: cell.Options.Text("code-summary") ?? document.Text("code-summary") ?? "Code"
        );
    }
}
