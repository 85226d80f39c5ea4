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

    // pip misses a package too where it could not ask anybody for it; the message then is about something else.
    private static int? LineToBlame(EnvironmentOutcome.Base fallback, string projectDirectory)
    {
        if (fallback.Reason != BaseReason.BuildFailed)
            return null;
        var file = RequirementsFile.Load(projectDirectory);
        var lines = PipLog.Read(fallback.Log, file).Select(entry => entry.Line).OfType<int>().ToList();
        return file
            .Requirements.FirstOrDefault(requirement =>
                lines.Contains(requirement.Line) && fallback.Message.Contains(requirement.Name)
            )
            ?.Line;
    }

    private static LogEntry Warning(string message, int? line) =>
        new(EntryLevel.Warning, message, File: RequirementsFile.Name, Line: line);
}
