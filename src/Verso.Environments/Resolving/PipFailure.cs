using System.Text.RegularExpressions;
using Verso.Environments.Building;
using Verso.Environments.Gateway;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Environments.Resolving;

/// <summary>Turns pip's output into one sentence that says what to do.</summary>
internal static partial class PipFailure
{
    /// <param name="versionsOf">Of a project those that the index showed, the highest last.</param>
    /// <param name="remark">The gateway's last, which knows better than pip why something was not to be had.</param>
    public static BuildException Explain(
        IReadOnlyList<string> output,
        GatewayRemark? remark,
        PackageIndexOptions index,
        Func<string, IReadOnlyList<string>> versionsOf
    )
    {
        var text = string.Join('\n', output);
        if (FullDisk.IsNamedIn(text))
            return new BuildException(FullDisk.Message) { IsTransient = true };
        if (text.Contains("because these package versions have conflicting dependencies"))
        {
            var conflict = Conflict(output);
            return new BuildException(
                $"No versions satisfy all requirements at once: {string.Join(", ", conflict)}; loosen one of these."
                    + string.Concat(Contested(conflict).Select(name => Offer(name, versionsOf(name))))
            );
        }
        if (remark is not null)
            return new BuildException(remark.Sentence) { IsTransient = remark.IsTransient };
        if (NoVersion().Match(text) is { Success: true } missing)
            return new BuildException(
                missing.Groups["versions"].Value is "none" or ""
                    ? $"{What(missing)} was not found {Place(index)}, or only as source code, which is not installed; {Mend(missing, index)}"
                    : $"No version satisfies {What(missing)}; there are: {Shorten(missing.Groups["versions"].Value)}."
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
    private static IReadOnlyList<string> Conflict(IReadOnlyList<string> output) =>
        [
            .. output
                .SkipWhile(line => !line.StartsWith("The conflict is caused by"))
                .Skip(1)
                .TakeWhile(line => line.Trim().Length > 0)
                .Select(line =>
                    line.Trim().Replace("The user requested", "the project asks for").Replace(" depends on ", " needs ")
                )
                .Distinct()
                .Take(6),
        ];

    private static IEnumerable<string> Contested(IReadOnlyList<string> conflict) =>
        conflict
            .Select(line => Wanted().Match(line))
            .Where(match => match.Success)
            .Select(match => PackageName.Normalize(match.Groups["name"].Value))
            .Distinct();

    private static string Offer(string name, IReadOnlyList<string> versions) =>
        versions.Count == 0 ? "" : $" Of {name} there are: {Shorten(string.Join(", ", versions))}.";

    private static string Shorten(string versions) => versions.Length <= 120 ? versions : "… " + versions[^110..];

    [GeneratedRegex("(?:asks for| needs) (?<name>[A-Za-z0-9._-]+)")]
    private static partial Regex Wanted();

    [GeneratedRegex(
        @"Could not find a version that satisfies the requirement (?<what>.+?)(?: \(from (?:[^)\n]*\.txt[^)\n]*|(?<by>[^)\n]*))\))? \(from versions: (?<versions>.*)\)"
    )]
    private static partial Regex NoVersion();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+")]
    private static partial Regex Name();
}
