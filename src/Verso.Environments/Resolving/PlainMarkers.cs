using System.Text.RegularExpressions;
using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

/// <summary>Evaluates markers, in the text that <see cref="MarkerParser"/> makes of them, for one interpreter.</summary>
/// <param name="values">Of the markers' variables.</param>
internal sealed partial class PlainMarkers(IReadOnlyDictionary<string, string> values)
{
    private const string Extra = "extra";

    private static readonly string[] Versions = ["python_version", "python_full_version"];

    private static readonly string[] Words =
    [
        "os_name",
        "sys_platform",
        "platform_machine",
        "platform_system",
        "platform_python_implementation",
        "implementation_name",
    ];

    public static bool NamesExtra(string marker) => Token().Matches(marker).Any(token => token.Value == Extra);

    /// <param name="extra">The extra that is asked for, or empty.</param>
    /// <exception cref="OnlyPipCanTellException">It compares what readers of markers compare in different ways.</exception>
    public bool IsMet(string marker, string extra)
    {
        var tokens = new Queue<string>(Token().Matches(marker).Select(token => token.Value));
        return tokens.Count == 0 || ReadAlternatives(tokens, extra);
    }

    private bool ReadAlternatives(Queue<string> tokens, string extra)
    {
        var isMet = ReadConditions(tokens, extra);
        while (tokens.TryPeek(out var token) && token == "or")
        {
            tokens.Dequeue();
            isMet |= ReadConditions(tokens, extra);
        }
        return isMet;
    }

    private bool ReadConditions(Queue<string> tokens, string extra)
    {
        var isMet = ReadCondition(tokens, extra);
        while (tokens.TryPeek(out var token) && token == "and")
        {
            tokens.Dequeue();
            isMet &= ReadCondition(tokens, extra);
        }
        return isMet;
    }

    private bool ReadCondition(Queue<string> tokens, string extra)
    {
        var first = tokens.Dequeue();
        if (first != "(")
            return Compare(first, tokens.Dequeue(), tokens.Dequeue(), extra);
        var isMet = ReadAlternatives(tokens, extra);
        tokens.Dequeue();
        return isMet;
    }

    private bool Compare(string left, string symbol, string right, string extra)
    {
        var (variable, literal) = IsQuoted(left) ? (right, left[1..^1]) : (left, right.Trim('"', '\''));
        if (
            IsQuoted(left) == IsQuoted(right)
            || (variable == Extra ? extra : values.GetValueOrDefault(variable)) is not { } value
        )
            throw new OnlyPipCanTellException();
        if (variable == Extra)
            return IsExtra(literal, extra)
                == symbol switch
                {
                    "==" => true,
                    "!=" => false,
                    _ => throw new OnlyPipCanTellException(),
                };
        var (first, second) = IsQuoted(left) ? (literal, value) : (value, literal);
        var isVersion = Versions.Contains(variable);
        if (!isVersion && !(Words.Contains(variable) && Word().IsMatch(literal)))
            throw new OnlyPipCanTellException();
        return symbol switch
        {
            "in" => second.Contains(first, StringComparison.Ordinal),
            "not in" => !second.Contains(first, StringComparison.Ordinal),
            _ when isVersion && PlainVersion.TryParse(first) is { } version => new PlainSpecifiers([
                symbol + second,
            ]).Accept(version),
            "==" when !isVersion => first == second,
            "!=" when !isVersion => first != second,
            _ => throw new OnlyPipCanTellException(),
        };
    }

    // Readers disagree on whether spelling matters.
    private static bool IsExtra(string literal, string extra) =>
        Word().IsMatch(literal) && (literal == extra || PackageName.Normalize(literal) != extra)
            ? literal == extra
            : throw new OnlyPipCanTellException();

    /// <summary>Whether it is spelt so that all readers of extras compare it in the same way.</summary>
    public static bool IsPlainExtra(string extra) => Word().IsMatch(extra) && PackageName.Normalize(extra) == extra;

    private static bool IsQuoted(string token) => token[0] is '"' or '\'';

    [GeneratedRegex(
        """
            "[^"]*"|'[^']*'|[()]|===|==|~=|!=|<=|>=|<|>|not in|[a-z_]+
            """
    )]
    private static partial Regex Token();

    // None that could be a version as well, which are compared as versions.
    [GeneratedRegex(@"\A(?!v[0-9])[A-Za-z][A-Za-z0-9_, -]*\z")]
    private static partial Regex Word();
}
