namespace Verso.Cli.Terminal;

/// <summary>Rows whose columns stand under each other, two spaces apart.</summary>
internal static class Table
{
    public static void Write(Channel channel, IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths =
        [
            .. heading.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()),
        ];
        channel.Line(new Piece(Join(heading, widths), Tone.Strong));
        foreach (var row in rows)
            channel.Line(Join(row, widths));
    }

    private static string Join(IReadOnlyList<string> cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
}
