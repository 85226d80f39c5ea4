using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Sharing;

/// <summary>The one place where it is decided what somebody may do in a project.</summary>
public sealed class AccessRules(WorkspaceContext context, SharingOptions options)
{
    /// <returns>Null when there is no such project.</returns>
    public async Task<ProjectAccess?> OfAsync(Caller caller, string projectId, CancellationToken cancellationToken)
    {
        var project = await context.Projects.FirstOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null)
            return null;
        var links = await context.ShareLinks.Where(link => link.ProjectId == projectId).ToListAsync(cancellationToken);
        if (caller.AccountId is not { } accountId)
            return new ProjectAccess(project, Anonymous(caller, links), null, null, MayInstall: false);
        var found = await (
            from membership in context.Memberships
            join account in context.Users on membership.AccountId equals account.Id
            where membership.ProjectId == projectId && membership.AccountId == accountId
            select new { membership, account.MayInstall }
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
            return new ProjectAccess(project, null, null, null, MayInstall: false);
        var role = Effective(found.membership, links);
        return new ProjectAccess(
            project,
            role,
            found.membership.Role,
            found.membership.Source,
            UserCanInstallPython(caller, found.membership, found.MayInstall)
        );
    }

    /// <summary>
    /// The gate: who may have packages installed. Signed in, and owner or invited, whatever the role; by where the
    /// membership came from and by nothing else. Never without an account, never through a link, never administrators as
    /// such; people who registered themselves only after an administrator allowed them.
    /// </summary>
    internal static bool UserCanInstallPython(Caller caller, Membership membership, bool accountMayInstall) =>
        caller.IsSignedIn
        && caller.AccountId == membership.AccountId
        && caller.May(TokenScopes.Install)
        && accountMayInstall
        && membership.Source is MembershipSource.Owner or MembershipSource.Invitation;

    /// <summary>The highest of what the owner gave and what a link gave that is still on.</summary>
    internal static Role? Effective(Membership membership, IReadOnlyList<ShareLink> links)
    {
        var byLink = links.Any(link => link.Role == membership.LinkRole) ? membership.LinkRole : null;
        return membership.Role is { } granted && byLink is { } linked
            ? (Role)Math.Max((int)granted, (int)linked)
            : membership.Role ?? byLink;
    }

    private Role? Anonymous(Caller caller, IReadOnlyList<ShareLink> links)
    {
        if (!options.AnonymousRead && !options.AnonymousReadAndWrite)
            return null;
        return links.FirstOrDefault(link => Secret.AreEqual(link.Token, caller.LinkToken))?.Role switch
        {
            Role.Editor => options.AnonymousReadAndWrite ? Role.Editor : Role.Viewer,
            var role => role,
        };
    }
}
