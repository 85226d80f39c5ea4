using Verso.Sandboxing;

namespace Verso.Rendering.Logs;

/// <summary>Reads what pandoc says on its standard error.</summary>
internal static class PandocLog
{
    private const string WarningMark = "[WARNING] ";

    // Newer versions would have two options for it, which older ones do not know.
    private const string Deprecation = "Deprecated: --self-contained";

    public static IEnumerable<LogEntry> Read(ProcessResult pandoc, string file)
    {
        var others = new List<string>();
        foreach (var message in Messages(pandoc.Error))
            if (!message.StartsWith(WarningMark))
                others.Add(message);
            else if (message[WarningMark.Length..] is var text && !text.StartsWith(Deprecation))
                yield return new LogEntry(EntryLevel.Warning, text, File: file, Raw: message);
        if (pandoc.Succeeded)
            yield break;
        var reason = others.Count > 0 ? string.Join(' ', others) : $"it ended with exit code {pandoc.ExitCode}.";
        var ran = Exhaustion.Explain(reason) is { } sentence ? $" {sentence}" : "";
        yield return new LogEntry(EntryLevel.Error, $"pandoc: {reason}{ran}", File: file, Raw: pandoc.Error);
    }

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
}
