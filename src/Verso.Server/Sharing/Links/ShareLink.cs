namespace Verso.Server.Sharing.Links;

/// <summary>A link that is on: whoever has it may come in. Turning it off removes it, turning it on makes another.</summary>
public sealed class ShareLink
{
    public required string ProjectId { get; init; }

    /// <summary>Viewer or editor.</summary>
    public required Role Role { get; init; }

    /// <summary>Readable, because the owner is shown it again.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
