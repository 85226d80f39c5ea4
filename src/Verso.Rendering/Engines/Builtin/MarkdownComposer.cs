using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Puts a document together again as pandoc's Markdown: cells become divs of their code and what it showed (classes as
/// Quarto has them), inline expressions and shortcodes their values. What Quarto adds to Markdown is left to the filters.
/// </summary>
internal sealed class MarkdownComposer(Rendition rendition, ExecutionResult execution, LibraryScripts libraries)
{
    private readonly QuartoDocument _document = rendition.Document;
    private readonly MarkdownWriter _whole = new();
    private readonly LineMap _lines = new();

    public string Compose()
    {
        rendition.Lines = _lines;
        var metadata = MetadataBlock.Text(rendition);
        Write(metadata, 1, metadata == _document.FrontMatterText);
        var shortcodes = DocumentShortcodes.Of(rendition);
        foreach (var block in _document.Blocks)
            switch (block)
            {
                case DocumentBlock.Markdown text:
                    Write(shortcodes.Expand(text.Text), text.Line, true);
                    break;
                case DocumentBlock.Inline inline:
                    Write(ValueOf(inline), inline.Line, false);
                    break;
                case DocumentBlock.Cell cell:
                    var outputs = execution.Outputs.GetValueOrDefault(cell.Index) ?? [];
                    var how = CellSettings.Of(cell, rendition.Settings);
                    var written = new CellWriter(rendition, libraries, cell, how).Write(outputs);
                    Write(Indented(written, cell.Indent), cell.Line, false);
                    break;
            }
        return _whole.ToString();
    }

    private void Write(string text, int line, bool advances)
    {
        _lines.Add(_whole.Line, line, advances);
        _whole.Raw(text);
    }

    private static string Indented(string text, string indent) =>
        indent.Length == 0
            ? text
            : string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : indent + line));

    private string ValueOf(DocumentBlock.Inline inline)
    {
        if (!execution.Inlines.TryGetValue(inline.Index, out var value))
            return "";
        var writer = new MarkdownWriter();
        if (value.IsMarkdown)
            writer.Raw(value.Text.Trim());
        else
            writer.Literal(value.Text);
        return writer.ToString();
    }
}
