using System.Text.RegularExpressions;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Logs;

/// <summary>
/// Reads what Quarto printed: standard error, or the file of <c>--log</c> in either format. What it says when all is well
/// is dropped; what only the operator can mend is said to be so.
/// </summary>
public sealed partial class QuartoLog
{
    private const int Killed = 137; // by SIGKILL

    private readonly QuartoRun _run;
    private readonly string[] _lines;
    private readonly List<LogEntry> _entries = [];
    private readonly List<string> _unexplained = [];
    private QuartoDocument? _document;
    private string? _file;
    private int _cell; // that runs or ran last, from 1
    private string _label = "";
    private bool _cellRuns;
    private int _next;

    private QuartoLog(string log, QuartoRun run)
    {
        (_run, _lines, _file) = (run, QuartoText.Lines(log), run.File);
        if (run.Documents is [var only])
            (_document, _file) = (only, FileOf(only));
    }

    public static IReadOnlyList<LogEntry> Read(string log, QuartoRun run) => new QuartoLog(log, run).Read();

    private List<LogEntry> Read()
    {
        while (_next < _lines.Length)
            ReadLine(Beginning(_lines[_next++].TrimEnd()));
        if (_run.Overrun is { } overrun)
            _entries.Insert(0, Error($"The document's code was too much. {overrun}", CellLine(), CellName()));
        else if (_run.ExitCode != 0 && _entries.All(entry => entry.Level != EntryLevel.Error))
            _entries.Add(OfUnexplained());
        return _entries;
    }

    // The start of a kernel and of a cell are told without ending the line, and what went wrong goes on in it.
    private string Beginning(string line)
    {
        if (Starting().Match(line) is { Success: true } starting)
            return line[starting.Length..];
        if (RunningCell().Match(line) is not { Success: true } running)
            return line;
        (_cell, _label, _cellRuns) = (int.Parse(running.Groups["number"].Value), running.Groups["label"].Value, true);
        return line[running.Length..];
    }

    private void ReadLine(string line)
    {
        if (line is "Done")
            _cellRuns = false;
        else if (line == CellFailure.Heading)
            ReadCellFailure();
        else if (FileHeading().Match(line) is { Success: true } heading)
            Turn(heading.Groups["file"].Value);
        else if (Executing().Match(line) is { Success: true } executing)
            Turn(executing.Groups["stem"].Value + ".qmd");
        else if (Error().Match(line) is { Success: true } error)
            ReadError(error.Groups["text"].Value);
        else if (InFile().Match(line) is { Success: true } inFile)
            ReadSchemaFault(inFile.Groups["file"].Value);
        else if (Warning().Match(line) is { Success: true } warning)
            ReadWarning(warning.Groups["text"].Value);
        else if (line.StartsWith("[WARNING] "))
            ReadPandocWarning(line);
        else if (line.StartsWith("Traceback (most recent call last)"))
            ReadOwnTraceback();
        else if (line is "pandoc" or "metadata")
            SkipIndented();
        else if (QuartoInstallation.Fault(line) is { } fault)
            AddOnce(fault);
        else if (OfKernel(line) is { } death)
            _entries.Add(death);
        else if (!Noise().IsMatch(line))
            _unexplained.Add(line);
    }

    private void Turn(string file)
    {
        _document =
            _run.Documents.FirstOrDefault(document => FileOf(document) == file)
            ?? _run.Documents.FirstOrDefault(document => document.FileName == Path.GetFileName(file));
        _file =
            _document is not null ? FileOf(_document)
            : IsOfProject(file) ? file
            : null;
        (_cell, _label, _cellRuns) = (0, "", false);
    }

    // A document's code may write into the log.
    private static bool IsOfProject(string file) =>
        !Path.IsPathRooted(file) && !file.Split('/').Contains("..") && !file.Any(char.IsControl);

    private string FileOf(QuartoDocument document) => Path.GetRelativePath(_run.ProjectDirectory, document.Path);

    private QuartoPlace Place => new(_document);

    private void ReadCellFailure()
    {
        var end = Array.FindIndex(_lines, _next, line => FileHeading().IsMatch(line) || RenderFailed().IsMatch(line));
        var lines = _lines[_next..(end < 0 ? _lines.Length : end)];
        _next = end < 0 ? _lines.Length : end;
        var failure = CellFailure.Read(lines);
        var cell = Place.Cell(_cell, _label, failure.Source);
        var raw = string.Join('\n', lines).Trim();
        var line = cell is null ? (int?)null : Place.Line(cell, failure.Error.Traceback);
        _entries.Add(OfRaised(failure.Error, raw) with { Line = line, Cell = cell?.Name ?? CellName() });
    }

    private LogEntry OfRaised(RaisedError error, string raw)
    {
        var (message, advice) = ErrorText.Describe(error, _run.Advisor);
        return Error(message, advice: advice, raw: raw);
    }

    private void ReadError(string text)
    {
        // Under the daemon a cell's failure begins with it.
        if (
            text.Length == 0
            || text.StartsWith("Validation of YAML ")
            || text.StartsWith("Render failed due to invalid YAML")
        )
            return;
        if (InFile().Match(text) is { Success: true } inFile)
        {
            ReadSchemaFault(inFile.Groups["file"].Value);
            return;
        }
        var lines = new List<string> { text };
        while (_next < _lines.Length && _lines[_next].Trim() is { Length: > 0 } more && !IsExcerpt(more))
        {
            lines.Add(more);
            _next++;
        }
        SkipExcerpt();
        _entries.Add(QuartoError.Describe(string.Join(' ', lines), Place, _file));
    }

    private void ReadSchemaFault(string file)
    {
        Turn(file);
        if (_next == _lines.Length || SchemaFault().Match(_lines[_next]) is not { Success: true } fault)
            return;
        var start = _next++;
        while (_next < _lines.Length && _lines[_next].Trim().Length > 0)
            _next++;
        var line = int.Parse(fault.Groups["line"].Value);
        var raw = string.Join('\n', _lines[start.._next]);
        _entries.Add(Error(QuartoError.Sentence(fault.Groups["text"].Value), line, Place.CellAt(line)?.Name, raw: raw));
    }

    private void ReadWarning(string text)
    {
        if (text.StartsWith("Error encountered when rendering") || text.StartsWith("No python binary found"))
            return;
        var place = Quoted().Match(text) is { Success: true } quoted ? Place.LineWith(quoted.Value.Trim('\'')) : null;
        _entries.Add(
            text.Contains("QUARTO_PYTHON")
                ? QuartoInstallation.Entry(
                    $"{QuartoError.Sentence(text)} This is not the document's fault.",
                    "QUARTO_PYTHON",
                    text
                ) with
                {
                    Level = EntryLevel.Warning,
                }
                : new LogEntry(EntryLevel.Warning, QuartoError.Sentence(text), File: _file, Line: place, Raw: text)
        );
    }

    private void ReadPandocWarning(string line)
    {
        while (_next < _lines.Length && _lines[_next].StartsWith("  "))
            line += " " + _lines[_next++].Trim();
        var text = line["[WARNING] ".Length..];
        // pandoc reads the document as it is only where there are no cells.
        var at =
            !Place.HasCells && AtLine().Match(text) is { Success: true } place
                ? int.Parse(place.Groups["line"].Value)
                : (int?)null;
        _entries.Add(new LogEntry(EntryLevel.Warning, text, File: _file, Line: at, Raw: line));
    }

    // Of Quarto's own Python programs, never of the document.
    private void ReadOwnTraceback()
    {
        var start = _next - 1;
        while (_next < _lines.Length && (_lines[_next].Length == 0 || _lines[_next][0] == ' '))
            _next++;
        var last = _next < _lines.Length ? _lines[_next++].TrimEnd() : "";
        if (QuartoInstallation.WithoutJupyter(last) is { } fault)
            _entries.Add(fault with { Raw = string.Join('\n', _lines[start.._next]) });
        else
            _unexplained.Add(last);
    }

    // Several programs say the same.
    private void AddOnce(LogEntry entry)
    {
        if (_entries.All(other => other.Advice?.Kind != AdviceKind.Installation))
            _entries.Add(entry);
    }

    private LogEntry? OfKernel(string line) =>
        line is "Kernel died" && _run.Overrun is null
            ? Error(
                "The Python process that ran the cells died: most often it wanted more memory than it may have, or compiled code failed in it.",
                CellLine(),
                CellName(),
                raw: line
            )
            : null;

    private LogEntry OfUnexplained()
    {
        var text = _unexplained.LastOrDefault() ?? "";
        if (text.Length == 0)
            return Error(
                _run.ExitCode is Killed
                    ? "Quarto was killed, most often for want of memory; work on less data at a time."
                    : $"Quarto ended with exit code {_run.ExitCode} and did not say why."
            );
        if (InlineError().Match(text) is { Success: true } inline)
        {
            var error = new RaisedError(inline.Groups["type"].Value, inline.Groups["message"].Value.Trim(), "");
            return OfRaised(error, text) with { Line = Place.InlineLine(text) };
        }
        return QuartoError.Describe(text, Place, _file);
    }

    private int? CellLine() => _cellRuns ? Place.Cell(_cell, _label, "")?.SourceLine : null;

    private string? CellName() =>
        !_cellRuns ? null
        : _label.Length > 0 ? _label
        : Place.Cell(_cell, _label, "")?.Name ?? $"{_cell}";

    private LogEntry Error(
        string message,
        int? line = null,
        string? cell = null,
        Advice? advice = null,
        string? raw = null
    ) => new(EntryLevel.Error, message, advice, _file, line, cell, raw);

    private void SkipIndented()
    {
        while (_next < _lines.Length && _lines[_next].StartsWith("  "))
            _next++;
    }

    // The lines around a fault, and Quarto's own stack trace.
    private void SkipExcerpt()
    {
        while (_next < _lines.Length && (_lines[_next].Trim() is "" or "Stack trace:" || IsExcerpt(_lines[_next])))
            _next++;
    }

    private static bool IsExcerpt(string line) => Excerpt().IsMatch(line);

    [GeneratedRegex(@"^Starting .+ kernel\.\.\.")]
    private static partial Regex Starting();

    [GeneratedRegex(@"^ *Cell (?<number>[0-9]{1,6})/[0-9]+: '(?<label>.*)'\.{3,}")]
    private static partial Regex RunningCell();

    [GeneratedRegex(@"^\[[0-9]+/[0-9]+\] (?<file>\S.*)$")]
    private static partial Regex FileHeading();

    [GeneratedRegex(@"^Executing '(?<stem>.+)\.quarto_ipynb'$")]
    private static partial Regex Executing();

    [GeneratedRegex(@"^(?:ERROR:|\(ERROR\)) ?(?<text>.*)$")]
    private static partial Regex Error();

    [GeneratedRegex(@"^In file (?<file>.+)$")]
    private static partial Regex InFile();

    [GeneratedRegex(@"^\(line (?<line>[0-9]{1,7}), columns? [0-9-]+\) (?<text>.+)$")]
    private static partial Regex SchemaFault();

    [GeneratedRegex(@"^(?:WARN:|\(WARN\)|WARNING(?: \([^()]*\.lua:[0-9]+\))?:?) (?<text>.+)$")]
    private static partial Regex Warning();

    [GeneratedRegex(@"^(?:WARN:|\(WARN\)) Error encountered when rendering")]
    private static partial Regex RenderFailed();

    [GeneratedRegex(@"'[^']+'|@[\w-]+")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bat line (?<line>[0-9]{1,7})\b")]
    private static partial Regex AtLine();

    [GeneratedRegex(@"^(?<type>[A-Z]\w*(?:Error|Exception|Exit|Interrupt)): (?<message>.*)$")]
    private static partial Regex InlineError();

    [GeneratedRegex(@"^\s*(?:at (?:async )?\S.*\(file://|at async file://|[0-9]+: |[0-9]+ \||-+\^|~+$|Stack trace:)")]
    private static partial Regex Excerpt();

    [GeneratedRegex(
        @"^\s*$|\[IPKernelApp\] |^[0-9]{4}-[0-9][0-9]-[0-9][0-9] .* - traitlets - |^Output created: |^Rendering PDF$|^running \w+ - [0-9]+$"
            + @"|^Python 3 installation:$|^\{\}$|^Jupyter is not available |^Install with |^Kernel died|^No such kernel named "
            + @"|^Please run 'quarto install tinytex'|^If you prefer, you may install TexLive|^Unable to locate an installed version of R\.|^Install R from "
    )]
    private static partial Regex Noise();
}
