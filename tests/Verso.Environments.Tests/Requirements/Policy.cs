using System.Text.RegularExpressions;

namespace Verso.Environments.Tests.Requirements;

/// <summary>
/// The lines that Verso refuses although they are well-formed: each class said here once more, apart from the parser,
/// so that a line is refused for one of these reasons or not at all.
/// </summary>
internal static partial class Policy
{
    private static readonly (string Name, Func<string, bool> Covers)[] Classes =
    [
        ("not plain ASCII", line => line.Any(character => character is (< ' ' or > '~') and not '\t')),
        ("direct reference", line => line.Split(';')[0].Contains('@')),
        ("address", line => line.Contains("://")),
        ("variable", line => line.Contains('$')),
        ("backslash", line => line.Contains('\\')),
        ("option", line => line.Contains(" --")),
        ("odd arbitrary equality", line => OddArbitraryEquality().IsMatch(line.Split(';')[0])),
        ("name ends in _", line => NameOrExtraEndsInUnderscore().IsMatch(line)),
        ("archive", line => Archive().IsMatch(line)),
        ("nests deeper than 20 parentheses", line => line.Count(character => character == '(') > 20),
        ("longer than 1000 characters", line => line.Length > 1000),
    ];

    /// <summary>The class that a line belongs to, or null when a well-formed line like this must be accepted.</summary>
    public static string? ClassOf(string line) => Classes.FirstOrDefault(it => it.Covers(line)).Name;

    [GeneratedRegex(@"===[ \t]*([^ \t,)]*[^A-Za-z0-9._+!\- \t,)]|,|$)")]
    private static partial Regex OddArbitraryEquality();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*_(?![A-Za-z0-9._-])|\[[^\]]*_[ \t]*[,\]]")]
    private static partial Regex NameOrExtraEndsInUnderscore();

    [GeneratedRegex(
        @"^[A-Za-z0-9._-]+\.(whl|zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz)(?![A-Za-z0-9._-])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Archive();
}
