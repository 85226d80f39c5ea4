using System.Text;
using System.Text.RegularExpressions;

namespace Verso.Rendering.Documents;

/// <summary>Splits a document into front matter, Markdown, cells and inline expressions.</summary>
internal sealed partial class DocumentParser
{
    private readonly string _path;
    private readonly string[] _lines;
    private readonly List<DocumentBlock> _blocks = [];
    private readonly StringBuilder _markdown = new();
    private int _markdownLine = 1;
    private int _cells;
    private int _inlines;
    private int _next; // index of the line to read next

    private DocumentParser(string path, string text)
    {
        _path = path;
        _lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
    }

    /// <exception cref="DocumentException">The text cannot be understood.</exception>
    public static QuartoDocument Parse(string path, string text)
    {
        if (text.Contains('\0'))
            throw new DocumentException("the file holds a NUL byte; it is no text.");
        return new DocumentParser(path, text).Parse();
    }

    private QuartoDocument Parse()
    {
        var frontMatter = ReadFrontMatter();
        while (_next < _lines.Length)
        {
            if (CellFence().Match(_lines[_next]) is { Success: true } cell)
                ReadCell(cell);
            else if (CodeFence().Match(_lines[_next]) is { Success: true } code)
                ReadVerbatim(code);
            else
                ReadText(_lines[_next++]);
        }
        EndMarkdown();
        var map = frontMatter.Length == 0 ? YamlMap.Empty : YamlMap.Parse(Unfenced(frontMatter), 2);
        return new QuartoDocument(_path, frontMatter, map, _blocks);
    }

    private string ReadFrontMatter()
    {
        // With a blank line below it, it is a horizontal rule.
        if (_lines[0].TrimEnd() != "---" || _lines.Length > 1 && string.IsNullOrWhiteSpace(_lines[1]))
            return "";
        var end = Array.FindIndex(_lines, 1, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
            throw new DocumentException("the YAML at the top is not closed with '---'.", 1);
        _next = end + 1;
        return string.Join('\n', _lines[.._next]) + "\n";
    }

    private static string Unfenced(string frontMatter) =>
        string.Join('\n', frontMatter.TrimEnd('\n').Split('\n')[1..^1]);

    private void ReadCell(Match fence)
    {
        EndMarkdown();
        var start = _next++;
        var indent = fence.Groups["indent"].Value;
        var close = fence.Groups["fence"].Value;
        var body = new List<string>();
        while (_next < _lines.Length && !Closes(_lines[_next], close))
            body.Add(WithoutIndent(_lines[_next++], indent));
        if (_next == _lines.Length)
            throw new DocumentException($"the cell that starts here is never closed with {close}.", start + 1);
        _next++;
        var optionLines = body.TakeWhile(line => line.StartsWith("#|")).ToList();
        var options =
            optionLines.Count == 0
                ? YamlMap.Empty
                : YamlMap.Parse(string.Join('\n', optionLines.Select(line => OptionText(line[2..]))), start + 2);
        // IPython drops blank lines at the start, and would count the others from there.
        var blank = body.Skip(optionLines.Count).TakeWhile(string.IsNullOrWhiteSpace).Count();
        _blocks.Add(
            new DocumentBlock.Cell(
                _cells++,
                fence.Groups["language"].Value,
                string.Join('\n', body.Skip(optionLines.Count + blank)),
                start + 2 + optionLines.Count + blank,
                options,
                indent,
                start + 1
            )
            {
                OptionText = string.Concat(optionLines.Select(line => line + "\n")),
            }
        );
    }

    private void ReadVerbatim(Match start)
    {
        var fence = start.Groups["fence"].Value;
        var quoted = start.Groups["prefix"].Value.Contains('>');
        // ```{{python}} shows a cell as it would be written.
        var shown = ShownCellFence().Match(_lines[_next]);
        var around = $"{shown.Groups["indent"].Value}{fence}`";
        Append(
            shown.Success
                ? $"{around} {{.markdown}}\n{shown.Groups["indent"].Value}{fence}{shown.Groups["cell"].Value}"
                : _lines[_next]
        );
        for (_next++; _next < _lines.Length; )
        {
            var line = _lines[_next];
            if (quoted && !line.TrimStart().StartsWith('>'))
                return; // the quotation ended, and the code in it
            _next++;
            Append(line);
            if (!Closes(quoted ? line.TrimStart(' ', '\t', '>') : line, fence))
                continue;
            if (shown.Success)
                Append(around);
            return;
        }
    }

    private void ReadText(string line)
    {
        var start = 0;
        for (var at = 0; (at = line.IndexOf('`', at)) >= 0; )
        {
            if (IsEscaped(line, at))
            {
                at++;
                continue;
            }
            var run = RunOfTicks(line, at);
            var end = EndOfCodeSpan(line, at + run, run);
            if (end < 0)
            {
                at += run;
                continue;
            }
            var inline = run == 1 ? InlineExpression().Match(line[(at + 1)..end]) : Match.Empty;
            if (!inline.Success)
            {
                at = end + run;
                continue;
            }
            AppendText(line[start..at]);
            var number = _next;
            EndMarkdown();
            _blocks.Add(new DocumentBlock.Inline(_inlines++, inline.Groups["expression"].Value, number));
            _markdownLine = number;
            start = at = end + 1;
        }
        Append(line[start..]);
    }

    private static bool IsEscaped(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return (at - before.TrimEnd('\\').Length) % 2 == 1;
    }

    private static int RunOfTicks(string text, int at)
    {
        var rest = text.AsSpan(at);
        var end = rest.IndexOfAnyExcept('`');
        return end < 0 ? rest.Length : end;
    }

    private static int EndOfCodeSpan(string text, int from, int run)
    {
        for (var at = from; (at = text.IndexOf('`', at)) >= 0; )
        {
            var found = RunOfTicks(text, at);
            if (found == run)
                return at;
            at += found;
        }
        return -1;
    }

    private void Append(string line) => AppendText(line + "\n");

    private void AppendText(string text)
    {
        if (_markdown.Length == 0)
            _markdownLine = _next;
        _markdown.Append(text);
    }

    private void EndMarkdown()
    {
        if (_markdown.Length > 0)
            _blocks.Add(new DocumentBlock.Markdown(_markdown.ToString(), _markdownLine));
        _markdown.Clear();
    }

    private static bool Closes(string line, string fence)
    {
        var text = line.Trim();
        return text.Length >= fence.Length && text.All(c => c == fence[0]);
    }

    private static string OptionText(string text) => text.StartsWith(' ') ? text[1..] : text;

    private static string WithoutIndent(string line, string indent) =>
        line.StartsWith(indent) ? line[indent.Length..] : line.TrimStart();

    [GeneratedRegex(@"^(?<indent>[ \t]*)(?<fence>`{3,})[ \t]*\{(?<language>[A-Za-z][A-Za-z0-9_]*)[ \t]*\}[ \t]*$")]
    private static partial Regex CellFence();

    // It may stand in a quotation, or open an item of a list.
    [GeneratedRegex(@"^(?<prefix>(?>(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t])|[ \t>])*))(?<fence>(?>`{3,})(?!.*`)|~{3,})")]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"^(?<indent>[ \t]*)`{3,}[ \t]*\{(?<cell>\{[A-Za-z][A-Za-z0-9_]*\})\}[ \t]*$")]
    private static partial Regex ShownCellFence();

    [GeneratedRegex(@"^\{python\}[ \t]+(?<expression>.*\S)[ \t]*$", RegexOptions.NonBacktracking)]
    private static partial Regex InlineExpression();
}
