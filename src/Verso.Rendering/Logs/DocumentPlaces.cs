using Verso.Rendering.Documents;

namespace Verso.Rendering.Logs;

/// <summary>Finds the file and line that something is to be said about.</summary>
/// <param name="sourceOf">The document's line for one of the text that pandoc read.</param>
internal sealed class DocumentPlaces(QuartoDocument document, string project, Func<int, int?>? sourceOf = null)
{
    private List<(string Text, int Line)>? _lines;

    /// <summary>The document's own path within its project.</summary>
    public string File { get; } = Path.GetRelativePath(project, document.Path);

    /// <param name="line">One that a block names.</param>
    public (string File, int Line) Of(int line)
    {
        var place = document.PlaceOf(line);
        return (Path.GetRelativePath(project, place.Path), place.Line);
    }

    /// <summary>Of a line of the text that pandoc read; null where it is not the document's.</summary>
    public (string File, int Line)? OfComposed(int line) => sourceOf?.Invoke(line) is { } source ? Of(source) : null;

    /// <summary>Where a text stands in the document, as a word of its own; null when it is nowhere.</summary>
    /// <param name="last">The last such place instead of the first.</param>
    public (string File, int Line)? Find(string text, bool last = false)
    {
        _lines ??= [.. Lines()];
        var found = last
            ? _lines.FindLastIndex(line => Holds(line.Text, text))
            : _lines.FindIndex(line => Holds(line.Text, text));
        if (found >= 0)
            return Of(_lines[found].Line);
        // A cell's option gives a label without its sign.
        return text.StartsWith('#') ? Find(text[1..], last) : null;
    }

    private static bool Holds(string line, string text)
    {
        for (var at = 0; (at = line.IndexOf(text, at, StringComparison.Ordinal)) >= 0; at++)
            if (at + text.Length == line.Length || !IsOfName(line[at + text.Length]) || !IsOfName(text[^1]))
                return true;
        return false;
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    private IEnumerable<(string, int)> Lines()
    {
        foreach (var (offset, line) in document.FrontMatterText.Split('\n').Index())
            yield return (line, offset + 1);
        foreach (var block in document.Blocks)
        {
            var (text, first) = block switch
            {
                DocumentBlock.Markdown markdown => (markdown.Text, markdown.Line),
                DocumentBlock.Cell cell => (cell.OptionText, cell.Line + 1),
                _ => ("", block.Line),
            };
            foreach (var (offset, line) in text.Split('\n').Index())
                yield return (line, first + offset);
        }
    }
}
