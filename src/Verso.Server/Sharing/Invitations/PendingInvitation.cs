namespace Verso.Server.Sharing.Invitations;

internal sealed record PendingInvitation(string Id, string Addressee, Role Role, DateTimeOffset ExpiresAt)
{
    public static PendingInvitation Of(Invitation invitation) =>
        new(invitation.Id, invitation.Addressee, invitation.Role, invitation.ExpiresAt);
}
