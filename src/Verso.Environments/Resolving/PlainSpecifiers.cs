using System.Text.RegularExpressions;

namespace Verso.Environments.Resolving;

/// <summary>Which versions a requirement accepts (PEP 440), as long as it speaks of final releases alone.</summary>
internal sealed partial class PlainSpecifiers
{
    private readonly List<Specifier> _all;

    /// <exception cref="OnlyPipCanTellException">One is not plain.</exception>
    public PlainSpecifiers(IEnumerable<string> texts) => _all = [.. texts.Select(Parse)];

    private PlainSpecifiers(List<Specifier> all) => _all = all;

    public bool IsEmpty => _all.Count == 0;

    /// <summary>Of a list such as <c>&gt;=3.8, !=3.9.*</c>.</summary>
    /// <exception cref="OnlyPipCanTellException">One is not plain.</exception>
    public static PlainSpecifiers OfList(string? text) =>
        new((text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static PlainSpecifiers All(IEnumerable<PlainSpecifiers> each) =>
        new([.. each.SelectMany(specifiers => specifiers._all)]);

    /// <exception cref="OnlyPipCanTellException">The version is one that readers disagree on.</exception>
    public bool Accept(PlainVersion version) => _all.TrueForAll(specifier => specifier.Accepts(version));

    private static Specifier Parse(string text)
    {
        var match = Pattern().Match(text);
        var (symbol, number) = (match.Groups["operator"].Value, match.Groups["version"].Value);
        var isPrefix = match.Groups["any"].Success;
        if (PlainVersion.TryParse(number) is not { } version)
            throw new OnlyPipCanTellException();
        var comparesNumbers = isPrefix || symbol == "~=";
        return
            comparesNumbers && (version.Post >= 0 || LeadingZero().IsMatch(number))
            || isPrefix && symbol is not ("==" or "!=")
            || symbol == "~=" && version.Release.Count < 2
            ? throw new OnlyPipCanTellException()
            : new Specifier(symbol, version, isPrefix);
    }

    private sealed record Specifier(string Symbol, PlainVersion Version, bool IsPrefix)
    {
        public bool Accepts(PlainVersion version)
        {
            var order = PlainVersion.Compare(version, Version);
            return Symbol switch
            {
                "==" => IsPrefix ? version.StartsWith(Version.Release) : order == 0,
                "!=" => IsPrefix ? !version.StartsWith(Version.Release) : order != 0,
                ">=" => order >= 0,
                "<=" => order <= 0,
                "<" => order < 0,
                // 1.0.post1 is not after 1.0 as long as nobody speaks of post-releases.
                ">" => order > 0 && (version.Post < 0 || Version.Post >= 0 || !version.IsOfRelease(Version)),
                _ => order >= 0 && version.StartsWith([.. Version.Release.SkipLast(1)]),
            };
        }
    }

    [GeneratedRegex(@"\A(?<operator>==|!=|<=|>=|~=|<|>)[ \t]*(?<version>[0-9][0-9a-z.]*?)(?<any>\.\*)?\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"(\A|\.)0[0-9]")]
    private static partial Regex LeadingZero();
}
