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

    private static int? LineToBlame(EnvironmentOutcome.Base fallback, string projectDirectory) =>
        fallback.Reason == BaseReason.BuildFailed
            ? PipLog
                .Read(fallback.Log, RequirementsFile.Load(projectDirectory))
                .Select(entry => entry.Line)
                .FirstOrDefault(line => line is not null)
            : null;

    private static LogEntry Warning(string message, int? line) =>
        new(EntryLevel.Warning, message, File: RequirementsFile.Name, Line: line);
}
