using System.Text.RegularExpressions;
using Verso.Environments.Requirements;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Logs;

/// <summary>Reads what pip printed while it resolved or installed a project's requirements.</summary>
public static partial class PipLog
{
    /// <param name="requirements">For the lines that the entries are about.</param>
    public static IReadOnlyList<LogEntry> Read(string log, RequirementsFile requirements)
    {
        var lines = log.Split('\n').Select(line => line.TrimEnd()).ToList();
        var raw = string.Join('\n', lines.Where(line => line.StartsWith("ERROR: ")));
        if (Exhaustion.Explain(log) is { } ran)
            return [Entry(ran, null, raw)];
        if (Wants(lines).ToList() is { Count: > 0 } wants)
            return
            [
                Entry(
                    $"No versions satisfy all of these at once: {string.Join("; ", wants.Select(want => want.Text))}. Loosen one of them.",
                    wants.Select(want => LineOf(want.Name, requirements)).FirstOrDefault(line => line is not null),
                    raw
                ),
            ];
        if (NoVersion().Match(log) is { Success: true } missing)
        {
            var (what, versions) = (missing.Groups["what"].Value, missing.Groups["versions"].Value);
            var message = versions is "none" or ""
                ? $"There is no package '{what}' to be had; check the spelling."
                : $"No version satisfies '{what}'; there are: {(versions.Length <= 120 ? versions : $"… {versions[^110..]}")}.";
            return [Entry(message, LineOf(NameIn(what), requirements), raw)];
        }
        if (log.Contains("THESE PACKAGES DO NOT MATCH THE HASHES"))
            return
            [
                Entry(
                    "A package's file is not the one that was resolved (its hash differs); it was not installed.",
                    null,
                    raw
                ),
            ];
        return
        [
            .. lines
                .Where(line => line.StartsWith("ERROR: "))
                .TakeLast(1)
                .Select(line => Entry(QuartoError.Sentence(line[7..]), null, raw)),
        ];
    }

    // "The conflict is caused by:", then a line for each, then an empty one.
    private static IEnumerable<(string Name, string Text)> Wants(IEnumerable<string> lines) =>
        lines
            .SkipWhile(line => !line.StartsWith("The conflict is caused by"))
            .Skip(1)
            .TakeWhile(line => line.Trim().Length > 0)
            .Select(line => line.Trim())
            .Select(line =>
                Asked().Match(line) is { Success: true } asked
                    ? (NameIn(asked.Groups["what"].Value), $"the project asks for {asked.Groups["what"].Value}")
                : Needs().Match(line) is { Success: true } needs
                    ? (
                        needs.Groups["who"].Value,
                        $"{needs.Groups["who"].Value} {needs.Groups["version"].Value} needs {needs.Groups["what"].Value}"
                    )
                : ("", line)
            )
            .Distinct();

    private static string NameIn(string requirement) => Name().Match(requirement).Value;

    private static int? LineOf(string name, RequirementsFile requirements) =>
        requirements.Requirements.FirstOrDefault(line => line.Name == PackageName.Normalize(name))?.Line;

    private static LogEntry Entry(string message, int? line, string raw) =>
        new(EntryLevel.Error, message, File: RequirementsFile.Name, Line: line, Raw: raw);

    [GeneratedRegex(@"^The user requested (?:\(constraint\) )?(?<what>.+)$")]
    private static partial Regex Asked();

    [GeneratedRegex(@"^(?<who>\S+) (?<version>\S+) depends on (?<what>.+)$")]
    private static partial Regex Needs();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"Could not find a version that satisfies the requirement (?<what>.+?)(?: \(from (?:[^()\n]|\([^()\n]*\))*\))? \(from versions: (?<versions>.*)\)"
    )]
    private static partial Regex NoVersion();
}
