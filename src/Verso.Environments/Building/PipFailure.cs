using System.Text.RegularExpressions;

namespace Verso.Environments.Building;

/// <summary>Turns pip's output into one sentence that says what to do.</summary>
internal static partial class PipFailure
{
    public static string Explain(IReadOnlyList<string> output, PackageIndexOptions index)
    {
        var text = string.Join('\n', output);
        if (text.Contains("[Errno 28]") || text.Contains("[Errno 122]"))
            return "The disk that holds the environments is full; free some space and render again.";
        if (Unreachable().IsMatch(text))
            return $"The package index at {Host(index)} cannot be reached; try again once it can.";
        if (Conflict().Match(text) is { Success: true } conflict)
            return $"No versions satisfy all requirements at once: {conflict.Groups["what"].Value} disagree; loosen one of their lines.";
        if (NoVersion().Match(text) is { Success: true } missing)
            return missing.Groups["versions"].Value is "none" or ""
                ? $"'{missing.Groups["what"].Value}' was not found {Place(index)}, or only as source code, which is not installed; check the spelling."
                : $"No version satisfies '{missing.Groups["what"].Value}'; there are: {Shorten(missing.Groups["versions"].Value)}.";
        if (HashMismatch().IsMatch(text))
            return "A package's file is not the one that was resolved (its hash differs); it was not installed.";
        var error = output.LastOrDefault(line => line.StartsWith("ERROR: ")) ?? output.LastOrDefault("");
        return $"pip failed: {error.Replace("ERROR: ", "")}";
    }

    private static string Place(PackageIndexOptions index) =>
        index.Upstream.Length == 0
            ? "in the wheelhouses (there is no package index)"
            : $"in the package index at {Host(index)}";

    // Not the whole address, which may hold a password.
    private static string Host(PackageIndexOptions index) =>
        Uri.TryCreate(index.Upstream, UriKind.Absolute, out var address) ? address.Host : index.Upstream;

    private static string Shorten(string versions) => versions.Length <= 120 ? versions : "… " + versions[^110..];

    [GeneratedRegex(
        "connection broken|Failed to establish a new connection|connection error|Read timed out|ConnectTimeout|Max retries exceeded|HTTP error 5"
    )]
    private static partial Regex Unreachable();

    [GeneratedRegex("Cannot install (?<what>.+) because these package versions have conflicting dependencies")]
    private static partial Regex Conflict();

    [GeneratedRegex(
        @"Could not find a version that satisfies the requirement (?<what>.+?)(?: \(from [^)]*\.txt[^)]*\))? \(from versions: (?<versions>.*)\)"
    )]
    private static partial Regex NoVersion();

    [GeneratedRegex("THESE PACKAGES DO NOT MATCH THE HASHES")]
    private static partial Regex HashMismatch();
}
