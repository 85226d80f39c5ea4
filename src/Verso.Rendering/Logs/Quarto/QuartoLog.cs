using System.Text.RegularExpressions;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>
/// Reads what Quarto printed: standard error, or the file of <c>--log</c> in either format. What it says when all is well
/// is dropped; what only the operator can mend is said to be so.
/// </summary>
public sealed partial class QuartoLog
{
    private const int Killed = 137; // by SIGKILL

    private readonly QuartoRun _run;
    private readonly QuartoLines _lines;
    private readonly QuartoPosition _position;
    private readonly QuartoInstallation _installation;
    private readonly EntryList _entries = new();
    private string _unexplained = ""; // the last of such lines

    private QuartoLog(string log, QuartoRun run) =>
        (_run, _lines, _position, _installation) = (run, new(log), new(run), new(run));

    public static IReadOnlyList<LogEntry> Read(string log, QuartoRun run) => new QuartoLog(log, run).Read();

    private List<LogEntry> Read()
    {
        while (!_lines.AtEnd)
        {
            var line = _lines.Take();
            _installation.Pass(line);
            ReadLine(_position.Begin(line));
        }
        if (_run.Overrun is { } overrun)
            _entries.AddFirst(
                _position.Error($"The document's code was too much. {overrun}", _position.CellLine, _position.CellName)
            );
        else if (_run.ExitCode != 0 && !_entries.HasError)
            _entries.Add(OfUnexplained());
        return _entries.ToList();
    }

    private void ReadLine(string line)
    {
        if (line is "Done")
            _position.EndCell();
        else if (line == CellFailure.Heading)
            ReadCellFailure();
        else if (_position.TryTurn(line)) { }
        else if (Error().Match(line) is { Success: true } error)
            ReadError(error.Groups["text"].Value);
        else if (InFile().Match(line) is { Success: true } inFile)
            ReadSchemaFault(inFile.Groups["file"].Value);
        else if (QuartoWarnings.TextOf(line) is { } warning)
            Add(_installation.WithoutPython(warning) ?? QuartoWarnings.Describe(warning, _position));
        else if (line.StartsWith(QuartoWarnings.OfPandoc))
            Add(
                QuartoWarnings.OfPandocs(
                    string.Join(' ', [line, .. _lines.TakeIndented().Select(more => more.Trim())]),
                    _position
                )
            );
        else if (line.StartsWith("Traceback (most recent call last)"))
            ReadOwnTraceback(line);
        else if (line is "pandoc" or "metadata")
            _lines.TakeIndented();
        else if (_installation.Fault(line) is { } fault)
            AddOnce(fault);
        else if (line is "Kernel died" && _run.Overrun is null)
            Add(OfDeadKernel(line));
        else if (!QuartoLines.IsNoise(line))
            _unexplained = line;
    }

    private void ReadCellFailure()
    {
        string[] lines = [.. _lines.TakeWhile(line => !QuartoPosition.EndsFailure(line))];
        var failure = CellFailure.Read(lines);
        var cell = _position.Failed(failure.Source);
        var line = cell is null ? (int?)null : _position.Place.Line(cell, failure.Error.Traceback);
        var entry = OfRaised(failure.Error, string.Join('\n', lines).Trim());
        Add(entry with { Line = line, Cell = cell?.Name ?? _position.CellName });
    }

    private LogEntry OfRaised(RaisedError error, string raw)
    {
        var (message, advice) = ErrorText.Describe(error, _run.Advisor);
        return _position.Error(message, advice: advice, raw: raw);
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
        var message = string.Join(' ', [text, .. _lines.TakeMessage()]);
        _lines.SkipExcerpt();
        Add(Describe(message));
    }

    private void ReadSchemaFault(string file)
    {
        _position.Turn(file);
        if (_lines.AtEnd || SchemaFault().Match(_lines.Peek) is not { Success: true } fault)
            return;
        var raw = string.Join('\n', _lines.TakeWhile(more => more.Trim().Length > 0));
        var line = int.Parse(fault.Groups["line"].Value);
        var message = QuartoError.Sentence(fault.Groups["text"].Value);
        Add(_position.Error(message, line, _position.Place.CellAt(line)?.Name, raw: raw));
    }

    // Of Quarto's own Python programs, never of the document.
    private void ReadOwnTraceback(string line)
    {
        IReadOnlyList<string> lines = [line, .. _lines.TakeWhile(more => more.Length == 0 || more[0] == ' ')];
        var last = _lines.AtEnd ? "" : _lines.Take();
        if (_installation.WithoutJupyter(last) is { } fault)
            Add(fault with { Raw = string.Join('\n', [.. lines, last]) });
        else
            _unexplained = last;
    }

    private void Add(LogEntry? entry)
    {
        if (entry is not null)
            _entries.Add(entry);
    }

    // Several programs say the same.
    private void AddOnce(LogEntry entry)
    {
        if (!_entries.Any(other => other.Advice?.Kind == AdviceKind.Installation))
            _entries.Add(entry);
    }

    private LogEntry OfDeadKernel(string line) =>
        _position.Error(
            "The Python process that ran the cells died: most often it wanted more memory than it may have, or compiled code failed in it.",
            _position.CellLine,
            _position.CellName,
            raw: line
        );

    private LogEntry OfUnexplained()
    {
        var text = _unexplained;
        if (text.Length == 0)
            return _position.Error(
                _run.ExitCode is Killed
                    ? "Quarto was killed, most often for want of memory; work on less data at a time."
                    : $"Quarto ended with exit code {_run.ExitCode} and did not say why."
            );
        if (InlineError().Match(text) is { Success: true } inline)
        {
            var error = new RaisedError(inline.Groups["type"].Value, inline.Groups["message"].Value.Trim(), "");
            return OfRaised(error, text) with { Line = _position.Place.InlineLine(text) };
        }
        return Describe(text);
    }

    private LogEntry Describe(string error) =>
        _installation.WithoutR(error) is { } fault
            ? fault with
            {
                File = _position.File,
            }
            : QuartoError.Describe(error, _position.Place, _position.File);

    [GeneratedRegex(@"^(?:ERROR:|\(ERROR\)) ?(?<text>.*)$")]
    private static partial Regex Error();

    [GeneratedRegex(@"^In file (?<file>.+)$")]
    private static partial Regex InFile();

    [GeneratedRegex(@"^\(line (?<line>[0-9]{1,7}), columns? [0-9-]+\) (?<text>.+)$")]
    private static partial Regex SchemaFault();

    [GeneratedRegex(@"^(?<type>[A-Z]\w*(?:Error|Exception|Exit|Interrupt)): (?<message>.*)$")]
    private static partial Regex InlineError();
}
