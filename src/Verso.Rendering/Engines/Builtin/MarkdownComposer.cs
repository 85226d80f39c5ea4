using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Puts a document together again as plain pandoc Markdown: cells become divs of their code and what it showed (classes
/// as Quarto has them), inline expressions their values.
/// </summary>
internal sealed partial class MarkdownComposer(Rendition rendition, ExecutionResult execution, LibraryScripts libraries)
{
    private readonly QuartoDocument _document = rendition.Document;
    private readonly DocumentSettings _settings = rendition.Settings;

    public string Compose()
    {
        var whole = new MarkdownWriter();
        whole.Raw(_document.FrontMatterText);
        foreach (var block in _document.Blocks)
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
                    WriteCell(part, cell, CellSettings.Of(cell, _settings));
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
        writer.OpenDiv(cell.Label is { } label ? $".cell id=\"{UnsafeInIdentifier().Replace(label, "-")}\"" : ".cell");
        if (how.Echo && cell.Source.Trim().Length > 0)
            WriteCode(writer, cell, how);
        if (how.Output && execution.Outputs.TryGetValue(cell.Index, out var outputs))
            WriteOutputs(writer, cell, how, outputs);
        writer.CloseDiv();
    }

    private static void WriteCode(MarkdownWriter writer, DocumentBlock.Cell cell, CellSettings how)
    {
        if (how.FoldCode)
            writer.Html(
                $"<details class=\"code-fold\"{(how.UnfoldFirst ? " open" : "")}><summary>{Escaped(how.CodeSummary)}</summary>"
            );
        writer.Fenced($".{cell.Language} .cell-code", cell.Source.Trim('\n'));
        if (how.FoldCode)
            writer.Html("</details>");
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
                    if (captionDue is not null && IsTable(display))
                    {
                        writer.OpenDiv(".cell-table-caption");
                        writer.Paragraph(captionDue);
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
        var data = display.Data;
        if (data.TryGetValue("text/markdown", out var markdown))
            writer.Raw($"\n{markdown}\n");
        else if (rendition.Format.ShowsHtml && data.TryGetValue("text/html", out var html))
            writer.Html(libraries.Mark(display.Library) + html);
        else if (TryWriteFigure(cell, display, figures + 1) is { } path)
        {
            figures++;
            WriteFigure(writer, cell, path, display.Width);
        }
        else if (data.TryGetValue("text/latex", out var latex))
            writer.Raw(latex.TrimStart().StartsWith(@"\begin{") ? $"\n$${latex.Trim()}$$\n" : $"\n{latex}\n");
        else if (data.TryGetValue("text/html", out var table))
            writer.Html(table);
        else if (data.TryGetValue("application/javascript", out var script))
            writer.Html($"<script>{script}</script>");
        else if (data.TryGetValue("text/plain", out var plain))
            writer.Fenced(".text", TerminalText.Plain(plain));
    }

    private static void WriteFigure(MarkdownWriter writer, DocumentBlock.Cell cell, string path, int? width)
    {
        var caption = cell.Options.Text("fig-cap");
        var alt = cell.Options.Text("fig-alt") ?? caption ?? "";
        if (caption is null)
        {
            writer.Image(path, alt, width);
            return;
        }
        writer.Html("<figure>");
        writer.Image(path, alt, width);
        writer.Html("<figcaption>");
        writer.Paragraph(caption);
        writer.Html("</figcaption></figure>");
    }

    /// <returns>The image's file; null when there is no image, or none that can be read.</returns>
    private string? TryWriteFigure(DocumentBlock.Cell cell, CellOutput.Display display, int number)
    {
        foreach (var (mimeType, extension) in rendition.Format.Images)
        {
            if (!display.Data.TryGetValue(mimeType, out var data))
                continue;
            var path = Path.Combine(rendition.FigureDirectory, $"cell-{cell.Index + 1}-{number}.{extension}");
            var bytes = new byte[data.Length];
            if (extension == "svg")
                File.WriteAllText(path, data);
            else if (Convert.TryFromBase64String(data, bytes, out var length))
                File.WriteAllBytes(path, bytes.AsSpan(0, length));
            else
                continue;
            return path;
        }
        return null;
    }

    private static bool IsTable(CellOutput.Display display) =>
        display.Data.ContainsKey("text/html") || display.Data.ContainsKey("text/markdown");

    // What plotting functions return is of no interest beside the plot.
    private static bool IsNoise(CellOutput.Display display) =>
        display.Data.Count == 1
        && display.Data.TryGetValue("text/plain", out var text)
        && PlottingValue().IsMatch(text);

    private static string Escaped(string text) => System.Net.WebUtility.HtmlEncode(text);

    [GeneratedRegex(
        @"^(?:[\[(]|\{'\w+': \[)*(?:<matplotlib\.|<mpl_toolkits\.|<seaborn\.|<Axes|<Figure|Text\(|array\(\[+<|<BarContainer)"
            + @"|<BarContainer object of \d+ artists>\)$|<a list of \d+ Patch objects>\)$"
    )]
    private static partial Regex PlottingValue();

    [GeneratedRegex(@"[^\p{L}\p{N}_.:-]")]
    private static partial Regex UnsafeInIdentifier();
}
