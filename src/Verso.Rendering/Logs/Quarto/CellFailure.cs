using System.Text.RegularExpressions;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>What Quarto prints of a cell that failed: the source, the traceback, and the error once more in plain words.</summary>
internal sealed partial record CellFailure(string Source, RaisedError Error)
{
    public const string Heading = "An error occurred while executing the following cell:";
    private const string Rule = "------------------";

    /// <param name="lines">What follows the heading.</param>
    public static CellFailure Read(string[] lines)
    {
        var start = Array.IndexOf(lines, Rule);
        var end = start < 0 ? -1 : Array.IndexOf(lines, Rule, start + 1);
        if (end < 0)
            return new CellFailure("", Parse(string.Join('\n', lines)));
        var source = string.Join('\n', lines.Skip(start + 1).Take(end - start - 1));
        return new CellFailure(source, Parse(string.Join('\n', lines.Skip(end + 1))));
    }

    private static RaisedError Parse(string text)
    {
        text = text.Trim();
        var type = Header().Matches(text).LastOrDefault()?.Groups["type"].Value;
        // The traceback ends with the error, and after it the error comes again.
        var last = type is null ? -1 : text.LastIndexOf($"\n{type}:", StringComparison.Ordinal);
        if (last < 0 && LastError().Matches(text).LastOrDefault() is { } plain)
            (last, type) = (plain.Index - 1, plain.Groups["type"].Value);
        if (type is null)
            return new RaisedError("Error", text.Split('\n')[^1], text);
        if (last < -1 || last + 1 + type.Length >= text.Length)
            return new RaisedError(Short(type), "", text);
        var message = text[(last + 1 + type.Length)..].TrimStart(':').Trim();
        return new RaisedError(Short(type), FileOfCell().Replace(message, ""), text[..(last + 1)].TrimEnd());
    }

    private static string Short(string type) => type[(type.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"^(?<type>[A-Za-z_][\w.]*) +Traceback \(most recent call last\)", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"^(?<type>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Iteration))(?::|$)",
        RegexOptions.Multiline
    )]
    private static partial Regex LastError();

    // The kernel's name for the cell, which means nothing to anybody.
    [GeneratedRegex(@" \((?:<[^<>]*>|\d+\.py), line \d+\)$")]
    private static partial Regex FileOfCell();
}
