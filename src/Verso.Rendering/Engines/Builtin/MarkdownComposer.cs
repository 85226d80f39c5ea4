using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Puts a document together again as plain pandoc Markdown: cells become divs of their code and what it showed (classes
/// as Quarto has them), inline expressions their values.
/// </summary>
internal sealed partial class MarkdownComposer(
    QuartoDocument document,
    DocumentSettings settings,
    ExecutionResult execution,
    string figureDirectory
)
{
    // The richest form that HTML can show comes first.
    private static readonly (string MimeType, string Extension)[] Images =
    [
        ("image/svg+xml", "svg"),
        ("image/png", "png"),
        ("image/jpeg", "jpg"),
        ("image/gif", "gif"),
    ];

    public string Compose()
    {
        var whole = new MarkdownWriter();
        whole.Raw(document.FrontMatterText);
        foreach (var block in document.Blocks)
            switch (block)
            {
                case DocumentBlock.Markdown text:
                    whole.Raw(text.Text);
                    break;
                case DocumentBlock.Inline inline:
                    WriteInline(whole, inline);
                    break;
                case DocumentBlock.Cell cell:
                    var part = new MarkdownWriter();
                    WriteCell(part, cell, CellSettings.Of(cell, settings));
                    whole.Raw(Indented(part.ToString(), cell.Indent));
                    break;
            }
        return whole.ToString();
    }

    private static string Indented(string text, string indent) =>
        indent.Length == 0
            ? text
            : string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : indent + line));

    private void WriteInline(MarkdownWriter writer, DocumentBlock.Inline inline)
    {
        if (!execution.Inlines.TryGetValue(inline.Index, out var value))
            return;
        if (value.IsMarkdown)
            writer.Raw(value.Text.Trim());
        else
            writer.Literal(value.Text);
    }

    private void WriteCell(MarkdownWriter writer, DocumentBlock.Cell cell, CellSettings how)
    {
        if (!how.Include)
            return;
        writer.OpenDiv(cell.Label is { } label ? $"#{UnsafeInIdentifier().Replace(label, "-")} .cell" : ".cell");
        if (how.Echo && cell.Source.Trim().Length > 0)
            WriteCode(writer, cell, how);
        if (how.Output && execution.Outputs.TryGetValue(cell.Index, out var outputs))
            WriteOutputs(writer, cell, how, outputs);
        writer.CloseDiv();
    }

    private static void WriteCode(MarkdownWriter writer, DocumentBlock.Cell cell, CellSettings how)
    {
        if (how.FoldCode)
            writer.Fenced(
                "=html",
                $"<details class=\"code-fold\"{(how.UnfoldFirst ? " open" : "")}><summary>{Escaped(how.CodeSummary)}</summary>"
            );
        writer.Fenced($".{cell.Language} .cell-code", cell.Source.Trim('\n'));
        if (how.FoldCode)
            writer.Fenced("=html", "</details>");
    }

    private void WriteOutputs(
        MarkdownWriter writer,
        DocumentBlock.Cell cell,
        CellSettings how,
        IReadOnlyList<CellOutput> outputs
    )
    {
        var captionDue = cell.Options.Text("tbl-cap");
        var figures = 0;
        foreach (var output in outputs)
            switch (output)
            {
                case CellOutput.Stream { Name: "stderr" } stream when how.Warning:
                    WriteText(writer, "stderr", TerminalText.Plain(stream.Text));
                    break;
                case CellOutput.Stream { Name: "stdout" } stream when how.OutputAsIs:
                    writer.BlankLine();
                    writer.Raw(stream.Text);
                    writer.BlankLine();
                    break;
                case CellOutput.Stream { Name: "stdout" } stream:
                    WriteText(writer, "stdout", TerminalText.Plain(stream.Text));
                    break;
                case CellOutput.Error error:
                    WriteText(writer, "error", TerminalText.Plain(error.Details.Traceback));
                    break;
                case CellOutput.Display display when !IsNoise(display):
                    writer.OpenDiv(".cell-output .cell-output-display");
                    if (captionDue is not null && display.Data.ContainsKey("text/html"))
                    {
                        writer.OpenDiv(".cell-table-caption");
                        writer.Raw(captionDue);
                        writer.CloseDiv();
                        captionDue = null;
                    }
                    WriteDisplay(writer, cell, display, ref figures);
                    writer.CloseDiv();
                    break;
            }
    }

    private static void WriteText(MarkdownWriter writer, string kind, string text)
    {
        if (text.Trim().Length == 0)
            return;
        writer.OpenDiv($".cell-output .cell-output-{kind}");
        writer.Fenced(".text", text);
        writer.CloseDiv();
    }

    private void WriteDisplay(
        MarkdownWriter writer,
        DocumentBlock.Cell cell,
        CellOutput.Display display,
        ref int figures
    )
    {
        if (display.Data.TryGetValue("text/markdown", out var markdown))
            writer.Raw($"\n{markdown}\n");
        else if (display.Data.TryGetValue("text/html", out var html))
            writer.Fenced("=html", html);
        else if (Images.FirstOrDefault(image => display.Data.ContainsKey(image.MimeType)) is (not null, _) image)
            writer.Image(
                WriteFigure(cell, ++figures, image.Extension, display.Data[image.MimeType]),
                cell.Options.Text("fig-cap"),
                cell.Options.Text("fig-alt") ?? (cell.Options.Has("fig-cap") ? null : ""),
                display.Width
            );
        else if (display.Data.TryGetValue("text/latex", out var latex))
            writer.Raw($"\n{latex}\n");
        else if (display.Data.TryGetValue("text/plain", out var plain))
            writer.Fenced(".text", TerminalText.Plain(plain));
    }

    private string WriteFigure(DocumentBlock.Cell cell, int number, string extension, string data)
    {
        var path = Path.Combine(figureDirectory, $"cell-{cell.Index + 1}-{number}.{extension}");
        if (extension == "svg")
            File.WriteAllText(path, data);
        else
            File.WriteAllBytes(path, Convert.FromBase64String(data.ReplaceLineEndings("")));
        return path;
    }

    // What plotting functions return is of no interest beside the plot.
    private static bool IsNoise(CellOutput.Display display) =>
        display.Data.Count == 1
        && display.Data.TryGetValue("text/plain", out var text)
        && PlottingValue().IsMatch(text);

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text);

    [GeneratedRegex(
        @"^[\[(]*(?:<matplotlib\.|<mpl_toolkits\.|<seaborn\.|<Axes|<Figure|Text\(|array\(\[+<|<BarContainer)"
    )]
    private static partial Regex PlottingValue();

    [GeneratedRegex("[^A-Za-z0-9_.:-]")]
    private static partial Regex UnsafeInIdentifier();
}
