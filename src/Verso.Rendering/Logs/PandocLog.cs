using System.Text.RegularExpressions;
using Verso.Sandboxing;

namespace Verso.Rendering.Logs;

/// <summary>Reads what pandoc and its filters say on standard error, and leads it back to the document's lines.</summary>
internal static partial class PandocLog
{
    private const string WarningMark = "[WARNING] ";

    // Newer versions would have two options for it, which older ones do not know.
    private const string Deprecation = "Deprecated: --self-contained";

    public static IEnumerable<LogEntry> Read(ProcessResult pandoc, DocumentPlaces places)
    {
        var others = new List<string>();
        foreach (var message in Messages(pandoc.Error).Distinct())
            if (!message.StartsWith(WarningMark))
                others.Add(message);
            else if (message[WarningMark.Length..] is var text && !text.StartsWith(Deprecation))
                yield return Warning(text, places) with
                {
                    Raw = message,
                };
        if (pandoc.Succeeded)
            yield break;
        var reason = others.Count > 0 ? string.Join(' ', others) : $"it ended with exit code {pandoc.ExitCode}.";
        var ran = Exhaustion.Explain(reason) is { } sentence ? $" {sentence}" : "";
        yield return new LogEntry(EntryLevel.Error, $"pandoc: {reason}{ran}", File: places.File, Raw: pandoc.Error);
    }

    private static LogEntry Warning(string text, DocumentPlaces places)
    {
        if (Filtered().Match(text) is { Success: true } filtered)
            return At(
                filtered.Groups["message"].Value,
                places.Find(filtered.Groups["text"].Value, filtered.Groups["last"].Success),
                places
            );
        if (Numbered().Match(text) is { Success: true } numbered)
            return At(
                text.Remove(numbered.Index, numbered.Length).TrimEnd(':', ' '),
                places.OfComposed(int.TryParse(numbered.Groups["line"].Value, out var line) ? line : 0),
                places
            );
        var named = Named().Match(text);
        return At(
            named.Groups["key"].Success
                ? $"Nothing in the bibliography is called '{named.Groups["key"].Value}'."
                : text,
            named.Groups["key"].Success ? places.Find($"@{named.Groups["key"].Value}")
                : named.Success ? places.Find(named.Groups["text"].Value)
                : null,
            places
        );
    }

    private static LogEntry At(string message, (string File, int Line)? place, DocumentPlaces places) =>
        new(EntryLevel.Warning, message, File: place?.File ?? places.File, Line: place?.Line);

    // A message goes on over lines that are indented.
    private static List<string> Messages(string stderr)
    {
        var messages = new List<string>();
        foreach (var line in stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line[0] == ' ' && messages.Count > 0)
                messages[^1] += " " + line.Trim();
            else
                messages.Add(line.Trim());
        return messages;
    }

    // What the filters say names the text that it is about; with ^ the last such text.
    [GeneratedRegex("^@(?<last>\\^)?(?<text>.+?)@ (?<message>.*)$")]
    private static partial Regex Filtered();

    [GeneratedRegex(@" at (?:[\w.-]+ )?line (?<line>\d+) column \d+")]
    private static partial Regex Numbered();

    [GeneratedRegex(
        "^(?:The file (?<text>.+) does not exist beside the document\\.|(?<text>.+) is not put into the document;.*"
            + "|Could not fetch resource (?<text>.+?)(?::.*)?|Citeproc: citation (?<key>.+) not found)$"
    )]
    private static partial Regex Named();
}
