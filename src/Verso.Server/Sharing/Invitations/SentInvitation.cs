namespace Verso.Server.Sharing.Invitations;

/// <param name="Url">To be handed to the person, shown this once; null when the person finds the invitation on signing in.</param>
internal sealed record SentInvitation(PendingInvitation Invitation, string? Url)
{
    public static SentInvitation Of(Invitation invitation, string? secret, string address) =>
        new(PendingInvitation.Of(invitation), secret is null ? null : $"{address}/invitation#{secret}");
}
