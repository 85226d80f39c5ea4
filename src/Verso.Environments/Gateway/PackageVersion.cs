using System.Text;
using System.Text.RegularExpressions;

namespace Verso.Environments.Gateway;

/// <summary>Versions as PEP 440 writes them, only as far as telling whether two spellings mean one version.</summary>
internal static partial class PackageVersion
{
    public static bool IsValid(string version) => version.Length <= 100 && Pattern().IsMatch(version);

    /// <summary>One spelling for each version, or the text itself if it is none.</summary>
    public static string Normalize(string version)
    {
        var match = Pattern().Match(version);
        if (version.Length > 100 || !match.Success)
            return version;
        string Part(string name) => match.Groups[name].Value.ToLowerInvariant();
        var text = new StringBuilder();
        if (Number(Part("epoch")) is not "0" and var epoch)
            text.Append(epoch).Append('!');
        var release = Part("release").Split('.').Select(Number).ToList();
        while (release.Count > 1 && release[^1] == "0")
            release.RemoveAt(release.Count - 1);
        text.AppendJoin('.', release);
        if (match.Groups["pre"].Success)
            text.Append(
                    Part("pre") switch
                    {
                        "alpha" or "a" => "a",
                        "beta" or "b" => "b",
                        _ => "rc",
                    }
                )
                .Append(Number(Part("preNumber")));
        if (match.Groups["post"].Success)
            text.Append(".post").Append(Number(Part("postNumber") + Part("bareNumber")));
        if (match.Groups["dev"].Success)
            text.Append(".dev").Append(Number(Part("devNumber")));
        if (match.Groups["local"].Success)
            text.Append('+').Append(Part("local").Replace('_', '.').Replace('-', '.'));
        return text.ToString();
    }

    private static string Number(string digits) => digits.TrimStart('0') is { Length: > 0 } number ? number : "0";

    [GeneratedRegex(
        """
            \A v? (?:(?<epoch>[0-9]+)!)? (?<release>[0-9]+(?:\.[0-9]+)*)
            (?:[-_.]? (?<pre>alpha|a|beta|b|preview|pre|c|rc) [-_.]? (?<preNumber>[0-9]*))?
            (?<post> - (?<bareNumber>[0-9]+) | [-_.]? (?:post|rev|r) [-_.]? (?<postNumber>[0-9]*))?
            (?:[-_.]? (?<dev>dev) [-_.]? (?<devNumber>[0-9]*))?
            (?:\+ (?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))? \z
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
