using Verso.Environments.Requirements;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Projects;

/// <summary>
/// Paths of a project's files: relative, with '/' between names, and only ever in one spelling, so that what guards a
/// path cannot be passed by spelling it otherwise.
/// </summary>
internal static class ProjectPath
{
    public const int MostBytes = 1024;

    /// <summary>What is wrong with it, as a sentence; null when nothing is.</summary>
    public static string? Fault(string path) =>
        (ResourcePath.Fault(path) ?? OtherDivider(path)) is { } fault
            ? $"The path '{RequestCheck.Plain(path)}' {fault}."
            : null;

    // A '/' that an address had as %2F is not decoded.
    private static string? OtherDivider(string path) =>
        path.Contains('\\') || path.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            ? "has a '\\' or '%2F'; folders are divided by '/'"
            : null;

    /// <summary>Whether it is <c>requirements.vrf</c> at the root, or would take its place.</summary>
    public static bool IsRequirements(string path) =>
        path == RequirementsFile.Name || path.StartsWith(RequirementsFile.Name + "/", StringComparison.Ordinal);

    /// <summary>The folders that it stands in, the innermost first.</summary>
    public static IEnumerable<string> Folders(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            yield return path[..at];
    }
}
