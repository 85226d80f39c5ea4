using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Writes a cell as a div of its code and what it showed, with the classes that Quarto gives them.</summary>
internal sealed partial class CellWriter(
    Rendition rendition,
    LibraryScripts libraries,
    DocumentBlock.Cell cell,
    CellSettings how
)
{
    private readonly YamlMap _options = cell.Options;
    private readonly CellFloat _float = new(cell);
    private readonly DisplayWriter _displays = new(rendition, libraries, cell);

    public string Write(IReadOnlyList<CellOutput> outputs)
    {
        if (!how.Include)
            return "";
        var content = new MarkdownWriter();
        WriteCode(content);
        if (how.Output)
            WriteOutputs(content, outputs);
        var writer = new MarkdownWriter();
        writer.OpenDiv(Attributes());
        writer.Raw(content.ToString());
        writer.CloseDiv();
        return writer.ToString();
    }

    private string Attributes()
    {
        var classes = string.Concat(
            Words("classes")
                .Concat(Words("column").Select(column => $"column-{column}"))
                .Select(name => $" .{Name(name)}")
        );
        // What is numbered has the label; the cell around it is called after it.
        var id = cell.Label is { } label ? $" id=\"{(_float.IsWritten ? "cell-" : "")}{Name(label)}\"" : "";
        return $".cell{classes}{id}";
    }

    private IEnumerable<string> Words(string option) =>
        _options.Texts(option).SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Name(string text) => UnsafeInIdentifier().Replace(text, "-");

    private void WriteCode(MarkdownWriter writer)
    {
        if (!how.Echo || cell.Source.Trim().Length == 0)
            return;
        var attributes = $".{cell.Language} .cell-code";
        var source = cell.Source.Trim('\n');
        if (how.EchoFenced)
        {
            attributes = ".markdown .cell-code";
            source = $"```{{{cell.Language}}}\n{cell.OptionText}{source}\n```";
        }
        if (_options.Text("lst-label") is { } label)
            attributes += $" #{Name(label)}";
        if (how.FoldCode)
            attributes += $" code-fold={(how.UnfoldFirst ? "show" : "true")}";
        foreach (var option in (string[])["lst-cap", "filename", "code-summary", "code-line-numbers", "code-overflow"])
            if ((_options.Text(option) ?? (option == "code-summary" ? how.CodeSummary : null)) is { } value)
                attributes += $" {option}=\"{MarkdownWriter.Quoted(value)}\"";
        writer.Fenced(attributes, source);
    }

    private void WriteOutputs(MarkdownWriter writer, IReadOnlyList<CellOutput> outputs)
    {
        var shown = outputs.Where(output =>
            output is not CellOutput.Display display || !DisplayWriter.IsNoise(display)
        );
        foreach (var output in _float.Arrange(shown))
            switch (output)
            {
                case CellOutput.Stream { Name: "stderr" } stream when how.Warning:
                    WriteText(writer, "stderr", stream.Text);
                    break;
                case CellOutput.Stream { Name: "stdout" } stream when how.OutputAsIs:
                    writer.BlankLine();
                    writer.Raw(stream.Text);
                    writer.BlankLine();
                    break;
                case CellOutput.Stream { Name: "stdout" } stream:
                    WriteText(writer, "stdout", stream.Text);
                    break;
                case CellOutput.Error error:
                    WriteText(writer, "error", error.Details.Traceback);
                    break;
                case CellOutput.Display display:
                    writer.OpenDiv(".cell-output .cell-output-display");
                    _float.Write(writer, display, _displays);
                    writer.CloseDiv();
                    break;
            }
    }

    private static void WriteText(MarkdownWriter writer, string kind, string text)
    {
        text = TerminalText.Plain(text);
        if (text.Trim().Length == 0)
            return;
        writer.OpenDiv($".cell-output .cell-output-{kind}");
        writer.Fenced(".text .cell-printed", text);
        writer.CloseDiv();
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_.:-]")]
    private static partial Regex UnsafeInIdentifier();
}
