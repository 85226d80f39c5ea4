namespace Verso.Server.Sharing.Invitations;

/// <summary>
/// A membership that is offered: to an account, or to whoever has the secret. It is gone once it is accepted, declined
/// or revoked.
/// </summary>
public sealed class Invitation
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>Whom the inviter typed: a name or an address.</summary>
    public required string Addressee { get; init; }

    /// <summary>Null when no account is known by that name; then there is a secret.</summary>
    public string? AccountId { get; init; }

    public string? SecretHash { get; set; }

    public required Role Role { get; init; }

    public required string InvitedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
