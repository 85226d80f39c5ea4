namespace Verso.Server.Sharing.Members;

/// <summary>A person's place in a project.</summary>
public sealed class Membership
{
    public required string ProjectId { get; init; }

    public required string AccountId { get; init; }

    public required MembershipSource Source { get; set; }

    /// <summary>What the owner gave; null for those who came through a link.</summary>
    public Role? Role { get; set; }

    /// <summary>What a link gave; it counts as long as that link is on.</summary>
    public Role? LinkRole { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }
}
