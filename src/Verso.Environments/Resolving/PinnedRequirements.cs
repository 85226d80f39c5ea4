using System.Text.RegularExpressions;
using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

/// <summary>Rewrites a project's requirements so that every package has exactly the version that it was resolved to.</summary>
public static partial class PinnedRequirements
{
    private const string Heading = "# needed by the packages above";

    /// <param name="basePackages">Of the base interpreter, for what is not installed because it is there already.</param>
    /// <returns>The text, with its comments and order kept, and at its end what the named packages need themselves.</returns>
    public static string Write(
        RequirementsFile file,
        IReadOnlyList<Pin> pins,
        IReadOnlyDictionary<string, string> basePackages
    )
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, version) in basePackages)
            versions[PackageName.Normalize(name)] = version;
        foreach (var pin in pins)
            versions[PackageName.Normalize(pin.Name)] = pin.Version;
        var lines = file.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        foreach (var requirement in file.Requirements)
            if (versions.TryGetValue(requirement.Name, out var version))
                lines[requirement.Line - 1] = Pin(lines[requirement.Line - 1], requirement, version);
        var needed = pins.Where(pin => !pin.Requested)
            .Select(pin => $"{PackageName.Normalize(pin.Name)}=={pin.Version}");
        string[] added = [.. needed.Order(StringComparer.Ordinal)];
        return string.Join('\n', added.Length == 0 ? lines : [.. lines, "", Heading, .. added]) + "\n";
    }

    private static string Pin(string line, Requirement requirement, string version)
    {
        var own = RequirementLine.WithoutComment(line);
        var comment = line[(line.IndexOf(own, StringComparison.Ordinal) + own.Length)..].Trim();
        var pinned = requirement with { Specifiers = [$"=={version}"] };
        var text = Name().Match(line).Value + pinned.ToString()[requirement.Name.Length..];
        return comment.Length > 0 ? $"{text}  {comment}" : text;
    }

    [GeneratedRegex("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")]
    private static partial Regex Name();
}
