using System.Text.RegularExpressions;
using Verso.Environments.Building;
using Verso.Environments.Gateway;
using Verso.Environments.Modules;
using Verso.Environments.Store;

namespace Verso.Environments.Resolving;

/// <summary>Turns pip's output into one sentence that says what to do.</summary>
internal static partial class PipFailure
{
    /// <param name="remark">The gateway's last, which knows better than pip why something was not to be had.</param>
    public static BuildException Explain(IReadOnlyList<string> output, GatewayRemark? remark, PackageIndexOptions index)
    {
        var text = string.Join('\n', output);
        if (FullDisk.IsNamedIn(text))
            return new BuildException(FullDisk.Message) { IsTransient = true };
        if (text.Contains("because these package versions have conflicting dependencies"))
            return new BuildException(
                $"No versions satisfy all requirements at once: {Conflict(output)}; loosen one of these."
            );
        if (remark is not null)
            return new BuildException(remark.Sentence) { IsTransient = remark.IsTransient };
        if (NoVersion().Match(text) is { Success: true } missing)
            return new BuildException(
                missing.Groups["versions"].Value is "none" or ""
                    ? $"{What(missing)} was not found {Place(index)}, or only as source code, which is not installed; {Mend(missing, index)}"
                    : $"No version satisfies {What(missing)}; there are: {Shorten(missing.Groups["versions"].Value)}."
            );
        if (HashMismatch().IsMatch(text))
            return new BuildException(
                "A package's file is not the one that was resolved (its hash differs); it was not installed."
            );
        var error = output.LastOrDefault(line => line.StartsWith("ERROR: ")) ?? output.LastOrDefault("");
        // What nobody foresaw is not held against the requirements.
        return new BuildException($"pip failed: {error.Replace("ERROR: ", "")}") { IsTransient = true };
    }

    private static string What(Match missing) =>
        $"'{missing.Groups["what"].Value}'"
        + (missing.Groups["by"].Success ? $", which {missing.Groups["by"].Value} needs," : "");

    private static string Mend(Match missing, PackageIndexOptions index) =>
        missing.Groups["by"].Success ? $"another version of {missing.Groups["by"].Value} may do."
        : NameHint.For(
            Name().Match(missing.Groups["what"].Value).Value,
            package => new NamePolicy(index).Refusal(package) is null
        )
            is { } hint
            ? hint
        : "check the spelling.";

    private static string Place(PackageIndexOptions index) =>
        index.Upstream.Length == 0
            ? "in the wheelhouses (there is no package index)"
            : $"in the package index at {Host(index)}";

    // Not the whole address, which may hold a password.
    private static string Host(PackageIndexOptions index) =>
        Uri.TryCreate(index.Upstream, UriKind.Absolute, out var address) ? address.Host : index.Upstream;

    // pip lists the requirements that disagree after this line and ends the list with an empty one.
    private static string Conflict(IReadOnlyList<string> output) =>
        string.Join(
            ", ",
            output
                .SkipWhile(line => !line.StartsWith("The conflict is caused by"))
                .Skip(1)
                .TakeWhile(line => line.Trim().Length > 0)
                .Select(line =>
                    line.Trim().Replace("The user requested", "the project asks for").Replace(" depends on ", " needs ")
                )
                .Distinct()
                .Take(6)
        );

    private static string Shorten(string versions) => versions.Length <= 120 ? versions : "… " + versions[^110..];

    [GeneratedRegex(
        @"Could not find a version that satisfies the requirement (?<what>.+?)(?: \(from (?:[^)\n]*\.txt[^)\n]*|(?<by>[^)\n]*))\))? \(from versions: (?<versions>.*)\)"
    )]
    private static partial Regex NoVersion();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+")]
    private static partial Regex Name();

    [GeneratedRegex("THESE PACKAGES DO NOT MATCH THE HASHES")]
    private static partial Regex HashMismatch();
}
