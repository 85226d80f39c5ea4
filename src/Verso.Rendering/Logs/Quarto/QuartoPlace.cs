using System.Text.RegularExpressions;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>Finds the document's line for what Quarto only tells the cell of.</summary>
/// <param name="document">Null when it could not be read.</param>
internal sealed partial class QuartoPlace(QuartoDocument? document)
{
    /// <summary>The cell that the counter <c>Cell n/m</c> means; where includes have shifted it, the one of that source.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="source">As the log shows it; empty when it does not.</param>
    public DocumentBlock.Cell? Cell(int number, string label, string source)
    {
        var cells = Cells.ToList();
        var counted = number >= 1 && number <= cells.Count ? cells[number - 1] : null;
        if (
            counted is not null
            && (source.Length == 0 || Same(counted.Source, source))
            && (counted.Label ?? "") == label
        )
            return counted;
        var same = cells.Where(cell => source.Length > 0 && Same(cell.Source, source)).ToList();
        return cells.FirstOrDefault(cell => label.Length > 0 && cell.Label == label)
            ?? (same.Count == 1 ? same[0] : null)
            ?? (source.Length == 0 ? counted : null);
    }

    /// <summary>The innermost line of the document that a traceback passes through.</summary>
    /// <param name="failed">The cell that was running.</param>
    public int Line(DocumentBlock.Cell failed, string traceback)
    {
        var frames = Frame()
            .Matches(traceback)
            .Select(match => (Cell: int.Parse(match.Groups["cell"].Value), Line: int.Parse(match.Groups["line"].Value)))
            .ToList();
        if (frames.Count == 0)
            return failed.SourceLine;
        // The first frame is the running cell's. Cells that are not run have no number.
        var run = Cells.Where(cell => cell.Options.Flag("eval") != false).ToList();
        var shift = run.IndexOf(failed) - frames[0].Cell;
        var (number, line) = frames[^1];
        var inner = number == frames[0].Cell ? failed : run.ElementAtOrDefault(number + shift);
        if (inner is null)
            (inner, line) = (failed, frames.Last(frame => frame.Cell == frames[0].Cell).Line);
        return inner.SourceLine + Math.Min(line, inner.Source.Split('\n').Length) - 1;
    }

    /// <summary>The line of the only inline expression that an error can be about.</summary>
    public int? InlineLine(string error)
    {
        var inlines = document?.Blocks.OfType<DocumentBlock.Inline>().ToList() ?? [];
        var name = UndefinedName().Match(error).Groups["name"].Value;
        var named =
            name.Length > 0
                ? inlines.Where(inline => Regex.IsMatch(inline.Expression, $@"\b{Regex.Escape(name)}\b")).ToList()
                : inlines;
        return named.Count >= 1 && (name.Length > 0 || named.Count == 1) ? named[0].Line : null;
    }

    /// <summary>The first line of running text or front matter that holds a text.</summary>
    public int? LineWith(string text)
    {
        if (document is null)
            return null;
        foreach (var (offset, line) in document.FrontMatterText.Split('\n').Index())
            if (line.Contains(text))
                return offset + 1;
        foreach (var markdown in document.Blocks.OfType<DocumentBlock.Markdown>())
        foreach (var (offset, line) in markdown.Text.Split('\n').Index())
            if (line.Contains(text))
                return markdown.Line + offset;
        return null;
    }

    /// <summary>The cell that a line of the document stands in.</summary>
    public DocumentBlock.Cell? CellAt(int line) =>
        document?.Cells.FirstOrDefault(cell =>
            line >= cell.Line && line <= cell.SourceLine + cell.Source.Split('\n').Length
        );

    public bool HasCells => document?.Cells.Any() != false;

    private IEnumerable<DocumentBlock.Cell> Cells => document?.Cells.Where(cell => cell.Language == "python") ?? [];

    private static bool Same(string source, string shown) => source.Trim() == shown.Trim();

    [GeneratedRegex(
        @"^[ \t]*(?:Cell|Input) In ?\[(?<cell>[0-9]{1,6})\](?:, line (?<line>[0-9]{1,6})|, in .*<cell line: (?<line>[0-9]{1,6})>)",
        RegexOptions.Multiline
    )]
    private static partial Regex Frame();

    [GeneratedRegex(@"^NameError: name '(?<name>\w+)' is not defined")]
    private static partial Regex UndefinedName();
}
