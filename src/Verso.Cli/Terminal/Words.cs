namespace Verso.Cli.Terminal;

/// <summary>How numbers and times are said.</summary>
internal static class Words
{
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    public static string Size(long bytes) =>
        bytes switch
        {
            < 1 << 10 => $"{bytes} B",
            < 1 << 20 => $"{bytes / 1024.0:0.0} KiB",
            < 1 << 30 => $"{bytes / (1024.0 * 1024):0.0} MiB",
            _ => $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB",
        };

    public static string Date(DateTimeOffset time) => $"{time.ToLocalTime():yyyy-MM-dd HH:mm}";

    /// <summary>Breaks a text between words, so that no line is longer unless a word is.</summary>
    /// <param name="first">The columns that are left on the first line.</param>
    /// <param name="others">The columns of each other line.</param>
    public static IReadOnlyList<string> Wrap(string text, int first, int others)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
            if (line.Length > 0 && line.Length + 1 + word.Length > (lines.Count == 0 ? first : others))
            {
                lines.Add(line);
                line = word;
            }
            else
                line = line.Length == 0 ? word : $"{line} {word}";
        return [.. lines, line];
    }
}
