using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>What there is of the environment that a project's requirements name.</summary>
/// <param name="Resolution">What they resolve to, as far as that is known.</param>
/// <param name="Environment">Null when it is not built (any more).</param>
/// <param name="Building">What its build has printed so far; null when none is under way in this process.</param>
/// <param name="Failure">Of the last build, as long as it is not tried again by itself.</param>
public sealed record EnvironmentSight(
    Resolution? Resolution,
    PythonEnvironment? Environment,
    DateTimeOffset? LastUsed,
    string? Building,
    EnvironmentSight.BuildFailure? Failure
)
{
    /// <summary>Why the project's text runs without it, whatever there is.</summary>
    public string? TextRefusal { get; init; }

    public sealed record BuildFailure(string Message, string Log);
}
