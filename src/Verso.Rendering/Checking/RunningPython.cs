using Verso.Environments.Interpreters;
using Verso.Environments.Store;

namespace Verso.Rendering.Checking;

/// <summary>The interpreter that runs a project's code.</summary>
/// <param name="Folders">What running it needs besides the system's own folders.</param>
/// <param name="Version">Null when it is none that can be read.</param>
internal sealed record RunningPython(string Path, IReadOnlyList<string> Folders, Version? Version)
{
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public static async Task<RunningPython> OfAsync(
        EnvironmentStore environments,
        EnvironmentOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var (path, folders) = outcome is EnvironmentOutcome.Leased { Environment: var environment }
            ? (environment.Python, (string[])[environment.Directory])
            : (environments.BasePython, []);
        var inspected = await environments.InspectBaseAsync(cancellationToken);
        var version = Version.TryParse(inspected.Version, out var parsed)
            ? new Version(parsed.Major, parsed.Minor)
            : null;
        return new RunningPython(path, [.. inspected.FoldersOutsideSystem, .. folders], version);
    }
}
