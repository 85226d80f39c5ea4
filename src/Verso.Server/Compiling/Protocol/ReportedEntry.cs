using System.Text.Json.Serialization;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Server.Compiling.Protocol;

/// <summary>A log entry as it is shown.</summary>
/// <param name="File">Relative to the project.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Content">What it was read from, such as a traceback.</param>
public sealed record ReportedEntry(
    [property: JsonConverter(typeof(KebabCaseConverter<EntryLevel>))] EntryLevel Level,
    string Message,
    string? File,
    int? Line,
    string? Cell,
    string? Content,
    Advice? Advice
)
{
    private const int MostEntries = 500;
    private const int LongestText = 8000;

    internal static IReadOnlyList<ReportedEntry> Of(IEnumerable<LogEntry> entries)
    {
        var all = entries.Distinct().ToList();
        var shown = all.Take(MostEntries).Select(Of).ToList();
        if (all.Count > MostEntries)
            shown.Add(Of(new LogEntry(EntryLevel.Info, $"{all.Count - MostEntries} more are in output.log.")));
        return shown;
    }

    private static ReportedEntry Of(LogEntry entry) =>
        new(entry.Level, Cut(entry.Message)!, entry.File, entry.Line, entry.Cell, Cut(entry.Raw), entry.Advice);

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] + "…" : text;
}
