using System.Text.RegularExpressions;

namespace Verso.Environments.Requirements;

public static partial class PackageName
{
    /// <summary>The normalised form in which two spellings of one package's name are equal (PEP 503).</summary>
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
