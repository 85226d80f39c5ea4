using Microsoft.EntityFrameworkCore;
using Verso.Server.Storage;

namespace Verso.Server.Sharing.Members;

/// <summary>How somebody becomes a member. What the owner gave is never lowered, neither by a link nor by a lesser invitation.</summary>
internal sealed class Joining(WorkspaceContext context, TimeProvider time)
{
    public async Task ByInvitationAsync(
        string projectId,
        string accountId,
        Role role,
        CancellationToken cancellationToken
    )
    {
        var membership = await FindOrAddAsync(projectId, accountId, MembershipSource.Invitation, cancellationToken);
        if (membership.Source == MembershipSource.Owner)
            return;
        membership.Source = MembershipSource.Invitation;
        membership.Role = Higher(membership.Role, role);
    }

    public async Task ByLinkAsync(string projectId, string accountId, Role role, CancellationToken cancellationToken)
    {
        var membership = await FindOrAddAsync(projectId, accountId, MembershipSource.Link, cancellationToken);
        membership.LinkRole = Higher(membership.LinkRole, role);
    }

    private async Task<Membership> FindOrAddAsync(
        string projectId,
        string accountId,
        MembershipSource source,
        CancellationToken cancellationToken
    )
    {
        var found = await context.Memberships.FindAsync([projectId, accountId], cancellationToken);
        if (found is not null)
            return found;
        var added = new Membership
        {
            ProjectId = projectId,
            AccountId = accountId,
            Source = source,
            JoinedAt = time.GetUtcNow(),
        };
        context.Add(added);
        return added;
    }

    private static Role Higher(Role? had, Role given) => had > given ? had.Value : given;
}
