using Verso.Rendering.Logs;

namespace Verso.Cli.Terminal;

/// <summary>Writes log entries for people: the place, the level, the message, which a terminal shows in whole words.</summary>
internal static class EntryLines
{
    public static void Write(Channel channel, IEnumerable<LogEntry> entries, string project)
    {
        foreach (var entry in entries)
            channel.Line(Describe(entry, project, channel.IsTerminal ? Channel.Width : null));
    }

    private static List<Piece> Describe(LogEntry entry, string project, int? width)
    {
        var pieces = new List<Piece>();
        if (entry.File is not null)
        {
            // Relative to where the reader is, so that a terminal or an editor finds it.
            var file = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(project, entry.File));
            pieces.Add(new Piece(entry.Line is null ? $"{file}: " : $"{file}:{entry.Line}: ", Tone.Strong));
        }
        var level = entry.Level.ToString().ToLowerInvariant();
        pieces.Add(
            new Piece(
                $"{level}: ",
                entry.Level switch
                {
                    EntryLevel.Error => Tone.Bad,
                    EntryLevel.Warning => Tone.Caution,
                    _ => Tone.Quiet,
                }
            )
        );
        var text = LogEntry.OneLine(entry.Cell is null ? entry.Message : $"{entry.Message} (cell {entry.Cell})");
        pieces.Add(width is null ? text : Wrapped(text, pieces.Sum(piece => piece.Text.Length), width.Value));
        return pieces;
    }

    // Whole words, and what goes on set in; lines that fit are left as they are.
    private static string Wrapped(string text, int column, int width) =>
        string.Join(
            "\n  ",
            text.Split('\n')
                .SelectMany(
                    (line, number) =>
                        width - (number == 0 ? column : 2) is var room && line.Length <= room
                            ? [line]
                            : Words.Wrap(line, room, width - 2)
                )
        );
}
