using System.Text.RegularExpressions;
using Verso.Rendering.Engines.Builtin;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>Takes what Quarto prints while it runs: all of it for the log, and how far it is for somebody who waits.</summary>
internal sealed partial class QuartoProgress(PrintedText log, IProgress<RenderProgress>? progress)
{
    public void Accept(string printed)
    {
        var line = TerminalText.Plain(printed).TrimEnd();
        log.AppendLine(line);
        if (Stage(line) is { } stage)
            progress?.Report(stage);
    }

    // A cell's line comes when the cell is done, so that the one after it is running.
    private static RenderProgress? Stage(string line)
    {
        if (line == "pandoc")
            return new RenderProgress(RenderStage.Document, "Making the document");
        if (line.StartsWith("Starting ", StringComparison.Ordinal))
            return new RenderProgress(RenderStage.Cells, "Running the cells");
        if (Heading().Match(line) is { Success: true } heading)
            return new RenderProgress(RenderStage.Document, heading.Value);
        if (Cell().Match(line) is not { Success: true } cell)
            return null;
        var (done, count) = (int.Parse(cell.Groups["number"].Value), int.Parse(cell.Groups["count"].Value));
        return done < count ? RenderProgress.Cell(done + 1, count, null) : null;
    }

    [GeneratedRegex(@"^\[[0-9]+/[0-9]+\] \S.*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ *Cell (?<number>[0-9]{1,6})/(?<count>[0-9]{1,6}): '.*'\.{3,}Done$")]
    private static partial Regex Cell();
}
