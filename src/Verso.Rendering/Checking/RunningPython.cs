using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>The interpreter that runs a project's code.</summary>
/// <param name="Folders">What running it needs besides the system's own folders.</param>
/// <param name="Version">Null when it is none that can be read.</param>
/// <param name="Fingerprint">Names the interpreter and the packages of the base.</param>
internal sealed record RunningPython(string Path, IReadOnlyList<string> Folders, Version? Version, string Fingerprint)
{
    /// <summary>Of a project that runs no code.</summary>
    public static readonly RunningPython None = new("", [], null, "");

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
        return new RunningPython(
            path,
            [.. inspected.FoldersOutsideSystem, .. folders],
            version,
            $"{inspected.RealPath} {inspected.Version} {inspected.Fingerprint}"
        );
    }

    /// <summary>The base interpreter; <see cref="None"/> where there is none that is usable.</summary>
    public static async Task<RunningPython> TryBaseAsync(
        EnvironmentStore environments,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await OfAsync(
                environments,
                new EnvironmentOutcome.Base(BaseReason.NotNeeded, "", [], ""),
                cancellationToken
            );
        }
        catch (Exception e) when (e is InterpreterException or ProgramNotFoundException)
        {
            return None;
        }
    }
}
