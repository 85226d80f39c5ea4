using Verso.Rendering.Documents;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Names what a document asks for that the builtin engine passes over.</summary>
internal static class DocumentWarnings
{
    public static IEnumerable<LogEntry> Of(EngineRequest request)
    {
        var file = Path.GetRelativePath(request.ProjectDirectory, request.Document.Path);
        var asked =
            request.Document.FrontMatter.Map("format")?.Keys.ToList()
            ?? Listed(request.Document.FrontMatter.Text("format"));
        if (asked.Count > 0 && !asked.Intersect(BuiltinEngine.Formats).Any())
            yield return Warning($"The builtin engine cannot make '{asked[0]}' yet; this is HTML.", file, 1);
        foreach (var cell in request.Document.Cells)
        {
            if (cell.Language != "python")
                yield return Warning(
                    $"The builtin engine runs only python; this {cell.Language} cell is shown as code.",
                    file,
                    cell.Line,
                    cell
                );
            foreach (var option in CellSettings.Unknown(cell))
                yield return Warning(
                    $"The cell option '{option}' is not known and has no effect.",
                    file,
                    cell.Line,
                    cell
                );
        }
    }

    private static List<string> Listed(string? format) => format is null ? [] : [format];

    private static LogEntry Warning(string message, string file, int line, DocumentBlock.Cell? cell = null) =>
        new(EntryLevel.Warning, message, File: file, Line: line, Cell: cell?.Name);
}
