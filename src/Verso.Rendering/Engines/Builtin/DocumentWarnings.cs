using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Names what a document asks for that the builtin engine passes over.</summary>
internal sealed class DocumentWarnings(EngineRequest request)
{
    private readonly QuartoDocument _document = request.Document;
    private readonly DocumentPlaces _places = new(request.Document, request.ProjectDirectory);

    public IEnumerable<LogEntry> All() =>
        [
            .. OfFormat(),
            .. OfSettings(),
            .. request.Settings.Maps.SelectMany(map => CellOption.Faults(map).Select(fault => Warning(map, fault))),
            .. _document.Cells.SelectMany(OfCell),
            .. OfLabels(),
            .. new TextWarnings(_document, DocumentShortcodes.Of(request), Warning).All(),
        ];

    private IEnumerable<LogEntry> OfFormat()
    {
        var frontMatter = _document.FrontMatter;
        if (request.Render.Format is not null)
            yield break;
        var asked = AskedFormats.Named(_document);
        var instead = asked.Intersect(BuiltinEngine.Formats).Any() ? "it is left out" : "this is HTML";
        foreach (var format in asked.Except(BuiltinEngine.Formats))
        {
            var meant = Spelling.Nearest(format, BuiltinEngine.Formats) is { } near ? $" Did you mean '{near}'?" : "";
            var line = frontMatter.Has("format") ? frontMatter.LineOf("format") : 1;
            yield return Warning($"The builtin engine cannot make '{format}' yet; {instead}.{meant}", line);
        }
    }

    private IEnumerable<LogEntry> OfSettings()
    {
        foreach (var map in request.Settings.Maps)
        {
            var isExecution = _document
                .Defaults.Prepend(_document.FrontMatter)
                .Any(layer => map.IsWithin(layer, "execute"));
            foreach (var key in map.Keys)
            {
                var line = map.LineOf(key);
                var isAsked = map.Flag(key) != false && map.Text(key) is not "none";
                if (isExecution && !KnownSettings.OfExecution.Contains(key))
                    yield return Warning(
                        map,
                        (line, $"'execute' has no option '{key}'.{Meant(key, KnownSettings.OfExecution)}")
                    );
                else if (KnownSettings.Unsupported.TryGetValue(key, out var what) && isAsked)
                    yield return Warning(map, (line, $"'{key}' has no effect: the builtin engine has not got {what}."));
                else if (!isExecution && KnownSettings.Meant(key) is { } meant)
                    yield return Warning(map, (line, $"'{key}' is no setting that is known. Did you mean '{meant}'?"));
            }
        }
    }

    private IEnumerable<LogEntry> OfCell(DocumentBlock.Cell cell)
    {
        if (cell.Language != "python")
            yield return Warning(
                $"The builtin engine runs only python; this {cell.Language} cell is shown as code.",
                cell.Line,
                cell
            );
        foreach (var option in cell.Options.Keys.Where(option => !CellOption.IsKnown(option)))
            yield return Warning(
                $"The cell option '{option}' is not known and has no effect.{Meant(option, CellOption.All.Select(known => known.Name))}",
                cell.Options.LineOf(option),
                cell
            );
        foreach (var (line, message) in CellOption.Faults(cell.Options))
            yield return Warning(message, line, cell);
    }

    private static string Meant(string key, IEnumerable<string> known) =>
        Spelling.Nearest(key, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    private IEnumerable<LogEntry> OfLabels() =>
        from cell in _document.Cells
        where cell.Label is not null
        group cell by cell.Label into same
        from later in same.Skip(1)
        select Warning(
            $"The label '{same.Key}' is taken by the cell of line {_document.PlaceOf(same.First().Line).Line}; choose another.",
            later.Options.LineOf("label"),
            later
        );

    // Of the document's own settings, or those of a file of its project.
    private LogEntry Warning(YamlMap map, (int Line, string Message) fault) =>
        map.File is null
            ? Warning(fault.Message, fault.Line)
            : new LogEntry(
                EntryLevel.Warning,
                fault.Message,
                File: Path.GetRelativePath(request.ProjectDirectory, map.File),
                Line: fault.Line
            );

    private LogEntry Warning(string message, int line, DocumentBlock.Cell? cell = null)
    {
        var place = _places.Of(line);
        return new LogEntry(EntryLevel.Warning, message, File: place.File, Line: place.Line, Cell: cell?.Name);
    }
}
