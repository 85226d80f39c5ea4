using System.Buffers.Text;
using System.Text;

namespace Verso.Environments.Wheels;

/// <summary>A row of RECORD: a path, <c>algorithm=digest</c> or nothing, a size or nothing.</summary>
internal sealed record RecordRow(string Path, string Hash, string Size)
{
    public static RecordRow Of(string path, ReadOnlySpan<byte> sha256, long size) =>
        new(path, $"sha256={Base64Url.EncodeToString(sha256)}", $"{size}");
}

/// <summary>Reads RECORD as Python's csv does, and writes it byte for byte as pip does.</summary>
internal static class WheelRecord
{
    public static List<RecordRow> Parse(string text)
    {
        var rows = new List<RecordRow>();
        for (var position = 0; position < text.Length; )
        {
            var fields = new List<string>();
            do fields.Add(ReadField(text, ref position));
            while (position < text.Length && text[position++] == ',');
            if (fields[0].Length > 0)
                rows.Add(
                    new RecordRow(fields[0], fields.ElementAtOrDefault(1) ?? "", fields.ElementAtOrDefault(2) ?? "")
                );
        }
        return rows;
    }

    /// <summary>Sorted, with the line ends that Python's csv writes.</summary>
    public static byte[] Write(IEnumerable<RecordRow> rows)
    {
        var text = new StringBuilder();
        var sorted = rows.OrderBy(row => row.Path, CodePoints)
            .ThenBy(row => row.Hash, CodePoints)
            .ThenBy(row => row.Size, CodePoints);
        foreach (var row in sorted)
        {
            AppendField(text, row.Path);
            AppendField(text.Append(','), row.Hash);
            AppendField(text.Append(','), row.Size);
            text.Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Python sorts by code points, .NET's ordinal comparison by UTF-16 units: they differ past U+FFFF.
    private static readonly IComparer<string> CodePoints = Comparer<string>.Create(
        (left, right) =>
        {
            for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
                if (left[i] != right[i])
                    return char.IsSurrogate(left[i]) != char.IsSurrogate(right[i])
                        ? char.IsSurrogate(left[i]).CompareTo(char.IsSurrogate(right[i]))
                        : left[i].CompareTo(right[i]);
            return left.Length.CompareTo(right.Length);
        }
    );

    // Leaves the position at what ends the field: a comma, a line's end, or the text's.
    private static string ReadField(string text, ref int position)
    {
        var field = new StringBuilder();
        var quoted = position < text.Length && text[position] == '"';
        if (quoted)
            position++;
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (quoted && character == '"')
            {
                if (position + 1 < text.Length && text[position + 1] == '"')
                    position++;
                else
                {
                    quoted = false;
                    continue;
                }
            }
            else if (!quoted && character is ',' or '\r' or '\n')
                break;
            field.Append(character);
        }
        return field.ToString();
    }

    private static void AppendField(StringBuilder text, string field)
    {
        if (field.AsSpan().ContainsAny(",\"\r\n"))
            text.Append('"').Append(field.Replace("\"", "\"\"")).Append('"');
        else
            text.Append(field);
    }
}
