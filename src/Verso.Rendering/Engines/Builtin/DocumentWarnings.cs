using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Names what a document asks for that the builtin engine passes over.</summary>
internal sealed partial class DocumentWarnings(EngineRequest request)
{
    private readonly string _file = Path.GetRelativePath(request.ProjectDirectory, request.Document.Path);

    public IEnumerable<LogEntry> All() =>
        [
            .. OfFormat(),
            .. request.Settings.Maps.SelectMany(CellOption.Faults).Select(fault => Warning(fault.Message, fault.Line)),
            .. request.Document.Cells.SelectMany(OfCell),
            .. OfLabels(),
            .. OfText(),
        ];

    private IEnumerable<LogEntry> OfFormat()
    {
        var frontMatter = request.Document.FrontMatter;
        if (request.Render.Format is not null)
            yield break;
        var asked = AskedFormats.Named(request.Document);
        var instead = asked.Intersect(BuiltinEngine.Formats).Any() ? "it is left out" : "this is HTML";
        foreach (var format in asked.Except(BuiltinEngine.Formats))
            yield return Warning(
                $"The builtin engine cannot make '{format}' yet; {instead}.",
                frontMatter.LineOf("format")
            );
    }

    private IEnumerable<LogEntry> OfCell(DocumentBlock.Cell cell)
    {
        if (cell.Language != "python")
            yield return Warning(
                $"The builtin engine runs only python; this {cell.Language} cell is shown as code.",
                cell.Line,
                cell
            );
        foreach (var option in cell.Options.Keys.Except(CellOption.All.Select(known => known.Name)))
            yield return Warning(
                $"The cell option '{option}' is not known and has no effect.",
                cell.Options.LineOf(option),
                cell
            );
        foreach (var (line, message) in CellOption.Faults(cell.Options))
            yield return Warning(message, line, cell);
    }

    private IEnumerable<LogEntry> OfLabels() =>
        from cell in request.Document.Cells
        where cell.Label is not null
        group cell by cell.Label into same
        from later in same.Skip(1)
        select Warning(
            $"The label '{same.Key}' is taken by the cell of line {same.First().Line}; choose another.",
            later.Options.LineOf("label"),
            later
        );

    private IEnumerable<LogEntry> OfText()
    {
        var isCode = false;
        foreach (var text in request.Document.Blocks.OfType<DocumentBlock.Markdown>())
        foreach (var (offset, line) in text.Text.Split('\n').Index())
            if (line.TrimStart().StartsWith("```") || line.TrimStart().StartsWith("~~~"))
                isCode = !isCode;
            else if (!isCode)
                foreach (var found in Unresolved().Matches(line).Select(match => match.Value))
                    yield return Warning(
                        $"'{found}' is left as it is: the builtin engine resolves no {Kind(found)} yet.",
                        text.Line + offset
                    );
    }

    private static string Kind(string found) => found[0] == '@' ? "cross-references" : "shortcodes";

    [GeneratedRegex(@"@(?:fig|tbl|sec|eq|lst|thm)-[A-Za-z0-9_-]+|\{\{<.*?>\}\}")]
    private static partial Regex Unresolved();

    private LogEntry Warning(string message, int line, DocumentBlock.Cell? cell = null) =>
        new(EntryLevel.Warning, message, File: _file, Line: line, Cell: cell?.Name);
}
