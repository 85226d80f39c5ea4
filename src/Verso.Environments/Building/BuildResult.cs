namespace Verso.Environments.Building;

/// <summary>How a build ended.</summary>
internal abstract record BuildResult(string Log)
{
    /// <param name="Built">False when another process had built it meanwhile.</param>
    public sealed record Ready(string EnvironmentKey, bool Built, string Log) : BuildResult(Log);

    public sealed record Failed(string Message, string Log) : BuildResult(Log);
}
