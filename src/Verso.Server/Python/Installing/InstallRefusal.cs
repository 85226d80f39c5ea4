using Verso.Server.Accounts;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Python.Installing;

/// <summary>Says in words what the gate has answered.</summary>
internal static class InstallRefusal
{
    /// <returns>Null for somebody who may install.</returns>
    public static string? Of(Caller caller, ProjectAccess access) =>
        access.MayInstall ? null
        : !caller.IsSignedIn ? "Nothing is installed for people who are not signed in; sign in first."
        : !caller.May(TokenScopes.Install) ? "The access token has no scope 'install'."
        : access.Source is MembershipSource.Owner or MembershipSource.Invitation
            ? "An administrator has to allow your account to install packages."
        : "Nothing is installed for people who came through a link; ask the project's owner for an invitation.";
}
