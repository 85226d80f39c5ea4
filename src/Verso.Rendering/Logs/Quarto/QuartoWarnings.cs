using System.Text.RegularExpressions;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>What Quarto and its pandoc warn of, as entries.</summary>
internal static partial class QuartoWarnings
{
    public const string OfPandoc = "[WARNING] ";

    /// <returns>The text of a warning of Quarto's; null when the line is something else.</returns>
    public static string? TextOf(string line) =>
        Warning().Match(line) is { Success: true } warning ? warning.Groups["text"].Value : null;

    /// <returns>Null when other lines say it better.</returns>
    public static LogEntry? Describe(string text, QuartoPosition position)
    {
        if (text.StartsWith("Error encountered when rendering") || text.StartsWith("No python binary found"))
            return null;
        var place = Quoted().Match(text) is { Success: true } quoted
            ? position.Place.LineWith(quoted.Value.Trim('\''))
            : null;
        return new LogEntry(
            EntryLevel.Warning,
            QuartoError.Sentence(text),
            File: position.File,
            Line: place,
            Raw: text
        );
    }

    /// <param name="line">With what it goes on with.</param>
    public static LogEntry OfPandocs(string line, QuartoPosition position)
    {
        var text = line[OfPandoc.Length..];
        // pandoc reads the document as it is only where there are no cells.
        var at =
            !position.Place.HasCells && AtLine().Match(text) is { Success: true } place
                ? int.Parse(place.Groups["line"].Value)
                : (int?)null;
        return new LogEntry(EntryLevel.Warning, text, File: position.File, Line: at, Raw: line);
    }

    [GeneratedRegex(@"^(?:WARN:|\(WARN\)|WARNING(?: \([^()]*\.lua:[0-9]+\))?:?) (?<text>.+)$")]
    private static partial Regex Warning();

    [GeneratedRegex(@"'[^']+'|@[\w-]+")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bat line (?<line>[0-9]{1,7})\b")]
    private static partial Regex AtLine();
}
