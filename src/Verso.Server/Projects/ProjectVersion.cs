namespace Verso.Server.Projects;

/// <summary>One change of a project.</summary>
public sealed class ProjectVersion
{
    internal const int MostOfSummary = 500;

    public required string ProjectId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for somebody who was not signed in, or whose account is gone.</summary>
    public string? AccountId { get; set; }

    /// <summary>Whether the gate let its author install then.</summary>
    public required bool ByTrusted { get; init; }

    /// <summary>What happened, as one line.</summary>
    public required string Summary { get; init; }
}
