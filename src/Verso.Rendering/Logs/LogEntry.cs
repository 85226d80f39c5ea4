using System.Text.Json.Serialization;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs;

public enum EntryLevel
{
    Error,
    Warning,
    Info,
}

/// <summary>Something that a render has to say.</summary>
/// <param name="Message">A sentence for the author.</param>
/// <param name="File">Relative to the project.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Cell">The label or the number of the cell.</param>
/// <param name="Raw">What it was read from, such as a traceback.</param>
public sealed record LogEntry(
    EntryLevel Level,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Advice? Advice = null,
    string? File = null,
    int? Line = null,
    string? Cell = null,
    [property: JsonIgnore] string? Raw = null
)
{
    /// <summary>As compilers write it: the place, the level, the message.</summary>
    public override string ToString()
    {
        var place = (File, Line) switch
        {
            (null, _) => "",
            (_, null) => $"{File}: ",
            _ => $"{File}:{Line}: ",
        };
        var cell = Cell is null ? "" : $" (cell {Cell})";
        return OneLine($"{place}{Level.ToString().ToLowerInvariant()}{cell}: {Message}");
    }

    /// <summary>A document's words are in what is said: they must not look like another entry, or command a terminal.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
