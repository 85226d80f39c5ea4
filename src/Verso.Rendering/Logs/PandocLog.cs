namespace Verso.Rendering.Logs;

/// <summary>Reads what pandoc says on its standard error.</summary>
internal static class PandocLog
{
    private const string WarningMark = "[WARNING] ";

    public static IEnumerable<LogEntry> Read(string stderr, string file)
    {
        var errors = new List<string>();
        foreach (var line in stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.StartsWith(WarningMark))
                yield return new LogEntry(EntryLevel.Warning, line[WarningMark.Length..], File: file, Raw: line);
            else if (!line.StartsWith("[INFO]"))
                errors.Add(line.Trim());
        if (errors.Count > 0)
            yield return new LogEntry(EntryLevel.Error, $"pandoc: {string.Join(' ', errors)}", File: file, Raw: stderr);
    }
}
