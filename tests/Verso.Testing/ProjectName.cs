using System.Text.RegularExpressions;

namespace Verso.Testing;

/// <summary>The spellings of a project's name.</summary>
internal static partial class ProjectName
{
    private const string SourceSuffix = ".tar.gz";

    /// <summary>As an index's address has it (PEP 503).</summary>
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    /// <summary>As a wheel's name and its directories have it, where a dash would end it.</summary>
    public static string ForFile(string name) => Separators().Replace(name, "_").ToLowerInvariant();

    /// <summary>The normalized name of the project a file belongs to; null when it is no distribution.</summary>
    public static string? OfFile(string fileName)
    {
        var end =
            fileName.EndsWith(".whl", StringComparison.Ordinal) ? fileName.IndexOf('-', StringComparison.Ordinal)
            : fileName.EndsWith(SourceSuffix, StringComparison.Ordinal) ? fileName.LastIndexOf('-')
            : -1;
        return end > 0 ? Normalize(fileName[..end]) : null;
    }

    [GeneratedRegex("[-_.]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}
