using System.Linq.Expressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Projects;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Sharing.Invitations;

/// <summary>The invited person's side: accepting and declining, once.</summary>
internal static class ReceivedInvitationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var invitations = app.MapGroup("/api/invitations").For(Need.SignedIn);
        invitations.MapGet("", ListAsync);
        invitations.MapPost("{invitation}/accept", AcceptAsync);
        invitations.MapPost("{invitation}/decline", DeclineAsync);
        invitations.MapPost("accept", AcceptSecretAsync);
    }

    internal sealed record Received(
        string Id,
        string ProjectName,
        string InvitedBy,
        Role Role,
        DateTimeOffset ExpiresAt
    );

    internal sealed record GivenSecret(string Secret);

    internal sealed record Joined(string Project);

    private static async Task<Ok<List<Received>>> ListAsync(
        Caller caller,
        WorkspaceContext context,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return TypedResults.Ok(
            await (
                from invitation in context.Invitations
                join project in context.Projects on invitation.ProjectId equals project.Id
                join inviter in context.Users on invitation.InvitedById equals inviter.Id
                where
                    invitation.AccountId == caller.AccountId && invitation.ExpiresAt > now && project.DeletedAt == null
                select new Received(
                    invitation.Id,
                    project.Name,
                    inviter.DisplayName,
                    invitation.Role,
                    invitation.ExpiresAt
                )
            ).ToListAsync(cancellationToken)
        );
    }

    private static Task<Results<Ok<Joined>, ProblemHttpResult>> AcceptAsync(
        string invitation,
        Caller caller,
        WorkspaceContext context,
        ProjectLock locks,
        Joining joining,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        UseAsync(
            found => found.Id == invitation && found.AccountId == caller.AccountId,
            caller,
            context,
            locks,
            joining,
            audit,
            time,
            cancellationToken
        );

    private static Task<Results<Ok<Joined>, ProblemHttpResult>> AcceptSecretAsync(
        GivenSecret given,
        Caller caller,
        WorkspaceContext context,
        ProjectLock locks,
        Joining joining,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var hash = Secret.Hash(given.Secret);
        return UseAsync(
            found => found.SecretHash == hash,
            caller,
            context,
            locks,
            joining,
            audit,
            time,
            cancellationToken
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeclineAsync(
        string invitation,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var found = await context.Invitations.FirstOrDefaultAsync(
            i => i.Id == invitation && i.AccountId == caller.AccountId,
            cancellationToken
        );
        if (found is null)
            return Missing();
        context.Remove(found);
        audit.Add(caller, "invitation.declined", found.ProjectId);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Joined>, ProblemHttpResult>> UseAsync(
        Expression<Func<Invitation, bool>> which,
        Caller caller,
        WorkspaceContext context,
        ProjectLock locks,
        Joining joining,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var open = context
            .Invitations.AsNoTracking()
            .Where(which)
            .Where(i => i.ExpiresAt > now && context.Projects.Any(p => p.Id == i.ProjectId && p.DeletedAt == null));
        var project = await open.Select(i => i.ProjectId).FirstOrDefaultAsync(cancellationToken);
        if (project is null)
            return Missing();
        await using var held = await locks.EnterAsync(project, cancellationToken);
        var found = await open.FirstOrDefaultAsync(cancellationToken);
        // Whoever removes it is the one who uses it.
        if (
            found is null
            || await context.Invitations.Where(i => i.Id == found.Id).ExecuteDeleteAsync(cancellationToken) == 0
        )
            return Missing();
        await joining.ByInvitationAsync(found.ProjectId, caller.AccountId!, found.Role, cancellationToken);
        audit.Add(caller, "invitation.accepted", found.ProjectId, $"{found.Addressee}: {found.Role}");
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Joined(found.ProjectId));
    }

    private static ProblemHttpResult Missing() =>
        Problems.NotFound("The invitation was used, revoked or has expired; ask the owner for another.");
}
