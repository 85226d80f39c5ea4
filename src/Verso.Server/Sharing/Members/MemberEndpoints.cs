using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Sharing.Members;

/// <summary>Who is in a project; giving roles, removing, leaving.</summary>
internal static class MemberEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects/{project}/members", ListAsync).For(Need.Membership);
        app.MapPatch("/api/projects/{project}/members/{account}", ChangeAsync).For(Need.Own);
        app.MapDelete("/api/projects/{project}/members/{account}", RemoveAsync).For(Need.Own);
        app.MapPost("/api/projects/{project}/leave", LeaveAsync).For(Need.Membership);
    }

    internal sealed record Member(
        string Account,
        string UserName,
        string DisplayName,
        Role? Role,
        MembershipSource Source,
        DateTimeOffset JoinedAt
    );

    internal sealed record MemberChange(Role Role);

    private static async Task<Ok<List<Member>>> ListAsync(
        string project,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var links = await context.ShareLinks.Where(link => link.ProjectId == project).ToListAsync(cancellationToken);
        var members = await (
            from membership in context.Memberships
            join account in context.Users on membership.AccountId equals account.Id
            where membership.ProjectId == project
            orderby membership.JoinedAt
            select new
            {
                membership,
                account.UserName,
                account.DisplayName,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            members.ConvertAll(found => new Member(
                found.membership.AccountId,
                found.UserName!,
                found.DisplayName,
                AccessRules.Effective(found.membership, links),
                found.membership.Source,
                found.membership.JoinedAt
            ))
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        string project,
        string account,
        MemberChange change,
        Caller caller,
        ProjectLock locks,
        AccessRules access,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (change.Role is not (Role.Editor or Role.Reviewer or Role.Viewer))
            return Problems.Invalid("A role is editor, reviewer or viewer; a project is handed over with 'transfer'.");
        await using var held = await locks.EnterAsync(project, cancellationToken);
        if (await access.OfAsync(caller, project, cancellationToken) is not { IsOwner: true })
            return NotOwner();
        if (await context.Memberships.FindAsync([project, account], cancellationToken) is not { } membership)
            return Missing();
        if (membership.Source != MembershipSource.Invitation)
            return Problems.Clash("Only roles of people who were invited can be changed; invite this person first.");
        (membership.Role, membership.LinkRole) = (change.Role, null);
        audit.Add(caller, "member.changed", project, $"{account}: {change.Role}");
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string project,
        string account,
        Caller caller,
        ProjectLock locks,
        AccessRules access,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        await using var held = await locks.EnterAsync(project, cancellationToken);
        if (await access.OfAsync(caller, project, cancellationToken) is not { IsOwner: true })
            return NotOwner();
        if (await context.Memberships.FindAsync([project, account], cancellationToken) is not { } membership)
            return Missing();
        if (membership.Source == MembershipSource.Owner)
            return Problems.Clash("The owner cannot be removed; hand the project over first.");
        context.Remove(membership);
        context.RemoveRange(context.Invitations.Where(i => i.ProjectId == project && i.AccountId == account));
        audit.Add(caller, "member.removed", project, account);
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(
        string project,
        Caller caller,
        ProjectLock locks,
        AccessRules access,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        await using var held = await locks.EnterAsync(project, cancellationToken);
        if (await access.OfAsync(caller, project, cancellationToken) is { IsOwner: true })
            return Problems.Clash("The owner cannot leave; hand the project over first, or delete it.");
        context.RemoveRange(context.Memberships.Where(m => m.ProjectId == project && m.AccountId == caller.AccountId));
        audit.Add(caller, "member.left", project);
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    // Somebody else is, since the request was let in.
    internal static ProblemHttpResult NotOwner() => Problems.Forbidden("Only the project's owner may do this.");

    internal static ProblemHttpResult Missing() => Problems.NotFound("That person is no member of this project.");
}
