using System.Text.RegularExpressions;

namespace Verso.Environments.Requirements;

public static partial class PackageName
{
    /// <summary>The normalised form in which two spellings of one package's name are equal (PEP 503).</summary>
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    /// <summary>Whether a package can have this name (PEP 508), and one that a file's name has room for.</summary>
    public static bool IsValid(string name) => name.Length <= 128 && Valid().IsMatch(name);

    [GeneratedRegex("[-_.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Valid();
}
