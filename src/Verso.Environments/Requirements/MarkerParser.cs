using System.Text.RegularExpressions;

namespace Verso.Environments.Requirements;

/// <summary>Parses an environment marker (PEP 508) into one canonical text.</summary>
internal sealed partial class MarkerParser(Cursor cursor)
{
    private const int MaxDepth = 20;
    private const string Example = "a marker is a comparison, such as: python_version < \"3.12\"";

    private int _depth;

    /// <exception cref="FormatException">The message is a sentence for the author.</exception>
    public string Parse()
    {
        var parts = new List<string> { ParseAtom() };
        while (cursor.Read(BooleanOperator()) is { } junction)
        {
            parts.Add(junction);
            parts.Add(ParseAtom());
        }
        return string.Join(' ', parts);
    }

    private string ParseAtom()
    {
        cursor.SkipSpace();
        string atom;
        if (cursor.TryRead('('))
        {
            if (++_depth > MaxDepth)
                throw new FormatException($"the marker nests deeper than {MaxDepth} parentheses.");
            atom = $"({Parse()})";
            _depth--;
            if (!cursor.TryRead(')'))
                throw new FormatException("a parenthesis of the marker is not closed.");
        }
        else
        {
            atom = $"{ParseOperand()} {ParseOperator()} {ParseOperand()}";
        }
        cursor.SkipSpace();
        return atom;
    }

    private string ParseOperand()
    {
        cursor.SkipSpace();
        if (cursor.Read(Variable()) is { } variable)
            return variable.Replace('.', '_') switch
            {
                "python_implementation" => "platform_python_implementation",
                var name => name,
            };
        var quoted =
            cursor.Read(QuotedString())
            ?? throw new FormatException(
                cursor.AtEnd
                    ? $"something is missing at the end of the marker; {Example}"
                    : $"'{cursor.Rest}' is neither a marker's variable nor a quoted text; {Example}"
            );
        var quote = quoted[1..^1].Contains('"') ? '\'' : '"';
        return $"{quote}{quoted[1..^1]}{quote}";
    }

    private string ParseOperator()
    {
        cursor.SkipSpace();
        return cursor.Read(Operator()) switch
        {
            null when cursor.AtEnd => throw new FormatException($"the marker compares nothing; {Example}"),
            null => throw new FormatException($"'{cursor.Rest}' does not start with a comparison; {Example}"),
            var word when word.StartsWith("not") => "not in",
            var symbol => symbol,
        };
    }

    [GeneratedRegex(@"\G\b(?:or|and)\b", RegexOptions.CultureInvariant)]
    private static partial Regex BooleanOperator();

    [GeneratedRegex(@"\G(?:===|==|~=|!=|<=|>=|<|>|\bin\b|\bnot\b[ \t]+in\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Operator();

    [GeneratedRegex(
        @"\G\b(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)"
            + @"|platform[._](?:version|machine|python_implementation)|python_implementation"
            + @"|implementation_(?:name|version)|extra)\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Variable();

    [GeneratedRegex("""\G(?:'[^']*'|"[^"]*")""", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedString();
}
