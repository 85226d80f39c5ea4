using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>What Quarto said: in its log, where messages are apart from each other, and on standard error, where more is said.</summary>
internal sealed class QuartoMessages(string log, string printed)
{
    public IEnumerable<string> Lines => QuartoText.Lines(log.Length > 0 ? log : printed);

    /// <summary>By the log, unless only standard error knows why a run failed: what Quarto starts writes there too.</summary>
    public IReadOnlyList<LogEntry> Entries(QuartoRun run)
    {
        if (log.Length == 0 || run is { ExitCode: not 0, Overrun: null } && !HasError(log, run))
            return QuartoLog.Read(printed, run);
        // Code could write the log anew; of standard error the beginning is sure to be Quarto's.
        return QuartoLog.Read(log, run with { CodeRan = run.CodeRan || QuartoInstallation.HasCodeRun(printed) });
    }

    private static bool HasError(string text, QuartoRun run) =>
        QuartoLog.Read(text, run with { ExitCode = 0 }).Any(entry => entry.Level == EntryLevel.Error);
}
