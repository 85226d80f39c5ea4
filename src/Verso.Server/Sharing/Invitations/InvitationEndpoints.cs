using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Sharing.Invitations;

/// <summary>The owner's side of what is sent: listing, sending again, revoking.</summary>
internal static class InvitationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var invitations = app.MapGroup("/api/projects/{project}/invitations").For(Need.Own);
        invitations.MapGet("", ListAsync);
        invitations.MapPost("{invitation}/resend", ResendAsync);
        invitations.MapDelete("{invitation}", RevokeAsync);
    }

    private static async Task<Ok<List<PendingInvitation>>> ListAsync(
        string project,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await context
                .Invitations.Where(invitation => invitation.ProjectId == project)
                .OrderBy(invitation => invitation.CreatedAt)
                .Select(invitation => PendingInvitation.Of(invitation))
                .ToListAsync(cancellationToken)
        );

    private static async Task<Results<Ok<SentInvitation>, ProblemHttpResult>> ResendAsync(
        string project,
        string invitation,
        Caller caller,
        HttpContext http,
        WebOptions web,
        SharingOptions options,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(context, project, invitation, cancellationToken) is not { } found)
            return Missing();
        var secret = found.AccountId is null ? Secret.Create("") : null;
        found.SecretHash = secret is null ? null : Secret.Hash(secret);
        found.ExpiresAt = time.GetUtcNow() + options.InvitationLifetime;
        audit.Add(caller, "invitation.sent-again", project, found.Addressee);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(SentInvitation.Of(found, secret, PublicAddress.Of(web, http)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string project,
        string invitation,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(context, project, invitation, cancellationToken) is not { } found)
            return Missing();
        context.Remove(found);
        audit.Add(caller, "invitation.revoked", project, found.Addressee);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<Invitation?> FindAsync(
        WorkspaceContext context,
        string project,
        string invitation,
        CancellationToken cancellationToken
    ) => context.Invitations.FirstOrDefaultAsync(i => i.Id == invitation && i.ProjectId == project, cancellationToken);

    private static ProblemHttpResult Missing() => Problems.NotFound("There is no such invitation.");
}
