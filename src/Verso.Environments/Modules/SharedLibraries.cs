using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Verso.Environments.Modules;

/// <summary>What to do about a shared library that a package expects of the system and that is missing.</summary>
public static partial class SharedLibraries
{
    private const int LongestError = 4000;

    private static readonly FrozenDictionary<string, string> DebianPackages = EmbeddedText
        .Read("shared_libraries.tsv")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(fields => fields[0], fields => fields[1]);

    // The same without a user interface, for which the libraries are.
    private static readonly FrozenDictionary<string, string> Headless = new Dictionary<string, string>
    {
        ["opencv-python"] = "opencv-python-headless",
        ["opencv-contrib-python"] = "opencv-contrib-python-headless",
    }.ToFrozenDictionary();

    /// <returns>The library that an import's error says is missing, or null when it says something else.</returns>
    public static string? MissingIn(string importError) =>
        // What is longer says something else, and would take long to look through.
        importError.Length <= LongestError
        && CannotOpen().Match(importError) is { Success: true } match
            ? match.Groups["library"].Value
            : null;

    /// <returns>Sentences for the author and the operator.</returns>
    /// <param name="package">Normalised; null when it is not known which package wants the library.</param>
    public static string Advice(string library, string? package)
    {
        var operators = DebianPackages.TryGetValue(library, out var debian)
            ? $"It is in Debian's package {debian}, which the operator of this installation can add."
            : "The operator of this installation can add it.";
        return package is not null && Headless.TryGetValue(package, out var alternative)
            ? $"Name {alternative} instead of {package}, which does without it. {operators}"
            : operators;
    }

    [GeneratedRegex(@"(?:^|\s)(?<library>lib[\w.+-]*\.so[\w.]*): cannot open shared object file")]
    private static partial Regex CannotOpen();
}
