using Verso.Environments.Resolving;

namespace Verso.Environments.Building;

/// <summary>How a build ended.</summary>
internal abstract record BuildResult(string Log)
{
    /// <param name="Built">False when another process had built it meanwhile.</param>
    public sealed record Ready(string EnvironmentKey, Resolution Resolution, bool Built, string Log) : BuildResult(Log);

    /// <param name="IsTransient">What it failed of may be over soon.</param>
    public sealed record Failed(string Message, bool IsTransient, string Log) : BuildResult(Log);
}
