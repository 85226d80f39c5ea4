namespace Verso.Server.Auditing;

/// <summary>Something that was done about sharing, installing, publishing or accounts. It outlives what it is about.</summary>
public sealed class AuditEntry
{
    internal const int MostOfDetail = 1000;

    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for somebody who was not signed in.</summary>
    public string? AccountId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Such as <c>invitation.accepted</c>.</summary>
    public required string Action { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }
}
