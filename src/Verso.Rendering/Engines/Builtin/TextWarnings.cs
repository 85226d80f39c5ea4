using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Names what in a document's Markdown cannot be understood: shortcodes, and divs that do not match.</summary>
internal sealed partial class TextWarnings(
    QuartoDocument document,
    Shortcodes shortcodes,
    Func<string, int, DocumentBlock.Cell?, LogEntry> warning
)
{
    private readonly List<LogEntry> _entries = [];
    private readonly Stack<int> _divs = [];
    private string? _code;

    public IReadOnlyList<LogEntry> All()
    {
        foreach (var text in document.Blocks.OfType<DocumentBlock.Markdown>())
        {
            shortcodes.Expand(text.Text, (sentence, offset) => Warn(sentence, text.Line + offset));
            if (text.Text.Contains(":::") || _divs.Count > 0 || text.Text.Contains("```") || text.Text.Contains("~~~"))
                foreach (var (offset, line) in text.Text.Split('\n').Index())
                    Read(line, text.Line + offset);
        }
        foreach (var line in _divs.Reverse())
            Warn("The div that begins here is never closed with ':::'.", line);
        return _entries;
    }

    private void Read(string line, int number)
    {
        var text = line.TrimStart(' ', '>');
        if (_code is not null)
        {
            if (text.StartsWith(_code, StringComparison.Ordinal) && text.Trim().Trim(_code[0]).Length == 0)
                _code = null;
        }
        else if (CodeFence().Match(text) is { Success: true } fence)
            _code = fence.Groups["fence"].Value;
        else if (DivEnd().IsMatch(text))
        {
            if (!_divs.TryPop(out _))
                Warn("This ':::' closes no div.", number);
        }
        else if (DivStart().IsMatch(text))
            _divs.Push(number);
    }

    private void Warn(string sentence, int line) => _entries.Add(warning(sentence, line, null));

    [GeneratedRegex(@"^(?<fence>(?>`{3,})(?!.*`)|~{3,})")]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"^:{3,}\s*$")]
    private static partial Regex DivEnd();

    [GeneratedRegex(@"^:{3,}\s*(?:\{.*\}|[^\s{:]+)\s*:*\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex DivStart();
}
