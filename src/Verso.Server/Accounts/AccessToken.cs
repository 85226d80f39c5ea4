namespace Verso.Server.Accounts;

/// <summary>What a person's script signs in with. The secret itself is shown once.</summary>
public sealed class AccessToken
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Hash { get; init; }

    public required TokenScopes Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
