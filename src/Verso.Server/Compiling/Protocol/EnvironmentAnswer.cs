using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What came of an <see cref="EnvironmentWish"/>.</summary>
public sealed record EnvironmentAnswer
{
    /// <summary>Whether projects may bring packages here at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>A sentence that says why nothing is known, or why it could not be resolved.</summary>
    public string? Fault { get; init; }

    /// <summary>What there is; null unless that was asked.</summary>
    public EnvironmentSight? Sight { get; init; }

    /// <summary>The requirements with exact versions; null when the client's resolution is none of theirs.</summary>
    public string? Pinned { get; init; }

    /// <summary>For the client to keep.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>Whether it was built just now.</summary>
    public bool Built { get; init; }
}
