using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <param name="AllowInstall">The gate's answer; false never starts a build.</param>
public sealed record EnvironmentRequest(string ProjectDirectory, bool AllowInstall)
{
    /// <summary>Whose project it is, where environments are not shared by all.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What the project's requirements resolved to earlier; passed over once they have changed.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>Files of the project that somebody who may not install was the last to change.</summary>
    public IReadOnlyList<string> UntrustedFiles { get; init; } = [];

    /// <summary>Whether to try again what has just failed.</summary>
    public bool Retry { get; init; }
}
