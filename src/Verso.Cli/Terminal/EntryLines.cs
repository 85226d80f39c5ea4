using Verso.Rendering.Logs;

namespace Verso.Cli.Terminal;

/// <summary>Writes log entries for people: the place, the level, the message.</summary>
internal static class EntryLines
{
    public static void Write(Channel channel, IEnumerable<LogEntry> entries, string project)
    {
        foreach (var entry in entries)
            channel.Line(Describe(entry, project));
    }

    private static List<Piece> Describe(LogEntry entry, string project)
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
        pieces.Add(entry.Message);
        if (entry.Cell is not null)
            pieces.Add(new Piece($" (cell {entry.Cell})", Tone.Quiet));
        return pieces;
    }
}
