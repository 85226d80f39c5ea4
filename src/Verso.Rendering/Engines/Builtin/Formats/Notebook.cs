using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verso.Rendering.Documents;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>
/// A Jupyter notebook of the document's cells and what they showed. Its first cell is the front matter, so that Quarto
/// and Verso could render it again.
/// </summary>
internal sealed class Notebook() : OutputFormat("ipynb", "ipynb")
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override bool ShowsHtml => true;

    public override async Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var cells = new JsonArray();
        foreach (var cell in Cells(rendition.Document, execution))
        {
            cell["id"] = $"cell-{cells.Count + 1}";
            cells.Add(cell);
        }
        var notebook = new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["display_name"] = "Python 3",
                    ["language"] = "python",
                    ["name"] = "python3",
                },
                ["language_info"] = new JsonObject { ["name"] = "python" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        var path = Path.Combine(rendition.WorkDirectory, "document.ipynb");
        await File.WriteAllTextAsync(path, notebook.ToJsonString(Indented) + "\n", cancellationToken);
        return new MadeDocument([new EngineOutput(path, rendition.OutputName, OutputKind.Document)], [], "");
    }

    private static IEnumerable<JsonObject> Cells(QuartoDocument document, ExecutionResult execution)
    {
        if (document.FrontMatterText.Trim().Length > 0)
            yield return Cell("raw", document.FrontMatterText);
        var text = new StringBuilder();
        var count = 0;
        foreach (var block in document.Blocks)
        {
            if (block is DocumentBlock.Markdown markdown)
                text.Append(markdown.Text);
            else if (block is DocumentBlock.Inline inline && execution.Inlines.TryGetValue(inline.Index, out var value))
                text.Append(value.Text);
            if (block is not DocumentBlock.Cell cell)
                continue;
            // Cells of other languages are no code that its kernel could run.
            if (cell.Language != "python")
            {
                text.Append($"```{cell.Language}\n{cell.Source.TrimEnd('\n')}\n```\n");
                continue;
            }
            if (text.ToString().Trim().Length > 0)
                yield return Cell("markdown", text.ToString());
            text.Clear();
            var ran = execution.Outputs.TryGetValue(cell.Index, out var outputs);
            var made = Cell("code", Options(cell) + cell.Source);
            made["execution_count"] = ran ? ++count : null;
            made["outputs"] = NotebookOutputs.Of(outputs ?? []);
            yield return made;
        }
        if (text.ToString().Trim().Length > 0)
            yield return Cell("markdown", text.ToString());
    }

    private static string Options(DocumentBlock.Cell cell) =>
        string.Concat(
            cell.Options.Keys.Where(cell.Options.Has)
                .Select(key => cell.Options.Text(key) is { } value ? $"#| {key}: {Scalar(value)}\n" : "")
        );

    // As YAML has it; what could be anything but a plain word is quoted.
    private static string Scalar(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && value.Length > 0
            ? value
            : JsonSerializer.Serialize(value, Indented);

    private static JsonObject Cell(string type, string source) =>
        new()
        {
            ["id"] = "",
            ["cell_type"] = type,
            ["metadata"] = new JsonObject(),
            ["source"] = NotebookOutputs.Lines(source.Trim('\n')),
        };
}
