using System.Text.RegularExpressions;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs;

/// <summary>Says why a project's documents run on the base interpreter.</summary>
internal static class FallbackLog
{
    public const string Consequence = "The document runs without the project's packages.";

    public static bool IsWorthSaying(EnvironmentOutcome.Base fallback) =>
        fallback.Reason is not (BaseReason.NotNeeded or BaseReason.NoRequirements);

    public static IEnumerable<LogEntry> Describe(EnvironmentOutcome.Base fallback, string projectDirectory)
    {
        if (!IsWorthSaying(fallback))
            yield break;
        foreach (var fault in fallback.Faults)
            yield return Warning(fault.Message, fault.Line == 0 ? null : fault.Line);
        yield return Warning(
            fallback.Faults.Count == 0 ? $"{fallback.Message} {Consequence}" : Consequence,
            LineToBlame(fallback, projectDirectory)
        ) with
        {
            Raw = fallback.Log,
        };
    }

    // The first that the sentence names.
    private static int? LineToBlame(EnvironmentOutcome.Base fallback, string projectDirectory) =>
        fallback.Reason != BaseReason.BuildFailed
            ? null
            : RequirementsFile
                .Load(projectDirectory)
                .Requirements.Select(requirement =>
                    (requirement.Line, At: Regex.Match(fallback.Message, $@"(?<![\w.-]){requirement.Name}(?![\w-])"))
                )
                .Where(named => named.At.Success)
                .OrderBy(named => named.At.Index)
                .Select(named => (int?)named.Line)
                .FirstOrDefault();

    private static LogEntry Warning(string message, int? line) =>
        new(EntryLevel.Warning, message, File: RequirementsFile.Name, Line: line);
}
