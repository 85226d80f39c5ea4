using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>Which document and which cell the lines of a log are about.</summary>
internal sealed partial class QuartoPosition
{
    private readonly QuartoRun _run;
    private QuartoDocument? _document;
    private int _cell; // that runs or ran last, from 1
    private string _label = "";
    private bool _cellRuns;

    public QuartoPosition(QuartoRun run)
    {
        (_run, File) = (run, run.File);
        if (run.Documents is [var only])
            (_document, File) = (only, FileOf(only));
    }

    /// <summary>Relative to the project; null where no document is known.</summary>
    public string? File { get; private set; }

    public QuartoPlace Place => new(_document);

    /// <summary>Takes the line that a document begins with.</summary>
    /// <returns>False when it is another one.</returns>
    public bool TryTurn(string line)
    {
        if (FileHeading().Match(line) is { Success: true } heading)
            Turn(heading.Groups["file"].Value);
        else if (Executing().Match(line) is { Success: true } executing)
            Turn(executing.Groups["stem"].Value + ".qmd");
        else
            return false;
        return true;
    }

    public void Turn(string file)
    {
        _document =
            _run.Documents.FirstOrDefault(document => FileOf(document) == file)
            ?? _run.Documents.FirstOrDefault(document => document.FileName == Path.GetFileName(file));
        File =
            _document is not null ? FileOf(_document)
            : ProjectPath.IsValid(file) ? file // a document's code may write into the log
            : null;
        (_cell, _label, _cellRuns) = (0, "", false);
    }

    /// <summary>
    /// The start of a kernel and of a cell are told without ending the line, and what went wrong goes on in it.
    /// </summary>
    /// <returns>The rest of the line.</returns>
    public string Begin(string line)
    {
        if (Starting().Match(line) is { Success: true } starting)
            return line[starting.Length..];
        if (RunningCell().Match(line) is not { Success: true } running)
            return line;
        (_cell, _label, _cellRuns) = (int.Parse(running.Groups["number"].Value), running.Groups["label"].Value, true);
        return line[running.Length..];
    }

    public void EndCell() => _cellRuns = false;

    /// <summary>Whether a line can be none of what is told about a cell that failed.</summary>
    public static bool EndsFailure(string line) => FileHeading().IsMatch(line) || RenderFailed().IsMatch(line);

    /// <param name="source">As the log shows it.</param>
    public DocumentBlock.Cell? Failed(string source) => Place.Cell(_cell, _label, source);

    public int? CellLine => _cellRuns ? Failed("")?.SourceLine : null;

    public string? CellName =>
        !_cellRuns ? null
        : _label.Length > 0 ? _label
        : Failed("")?.Name ?? $"{_cell}";

    /// <summary>An error of the document that is being rendered.</summary>
    public LogEntry Error(
        string message,
        int? line = null,
        string? cell = null,
        Advice? advice = null,
        string? raw = null
    ) => new(EntryLevel.Error, message, advice, File, line, cell, raw);

    private string FileOf(QuartoDocument document) => Path.GetRelativePath(_run.ProjectDirectory, document.Path);

    [GeneratedRegex(@"^Starting .+ kernel\.\.\.")]
    private static partial Regex Starting();

    [GeneratedRegex(@"^ *Cell (?<number>[0-9]{1,6})/[0-9]+: '(?<label>.*)'\.{3,}")]
    private static partial Regex RunningCell();

    [GeneratedRegex(@"^\[[0-9]+/[0-9]+\] (?<file>\S.*)$")]
    private static partial Regex FileHeading();

    [GeneratedRegex(@"^Executing '(?<stem>.+)\.quarto_ipynb'$")]
    private static partial Regex Executing();

    [GeneratedRegex(@"^(?:WARN:|\(WARN\)) Error encountered when rendering")]
    private static partial Regex RenderFailed();
}
