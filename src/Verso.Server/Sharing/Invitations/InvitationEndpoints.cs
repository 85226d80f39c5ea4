using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Sharing.Invitations;

/// <summary>The owner's side: inviting, sending again, revoking.</summary>
internal static class InvitationEndpoints
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var invitations = app.MapGroup("/api/projects/{project}/invitations").For(Need.Own);
        invitations.MapGet("", ListAsync);
        invitations.MapPost("", InviteAsync);
        invitations.MapPost("{invitation}/resend", ResendAsync);
        invitations.MapDelete("{invitation}", RevokeAsync);
    }

    internal sealed record NewInvitation(string Addressee, Role Role);

    internal sealed record Pending(string Id, string Addressee, Role Role, DateTimeOffset ExpiresAt);

    /// <param name="Url">To be handed to the person, shown this once; null when the person finds the invitation on signing in.</param>
    internal sealed record Sent(Pending Invitation, string? Url);

    private static async Task<Ok<List<Pending>>> ListAsync(
        string project,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await context
                .Invitations.Where(invitation => invitation.ProjectId == project)
                .OrderBy(invitation => invitation.CreatedAt)
                .Select(invitation => new Pending(
                    invitation.Id,
                    invitation.Addressee,
                    invitation.Role,
                    invitation.ExpiresAt
                ))
                .ToListAsync(cancellationToken)
        );

    private static async Task<Results<Ok<Sent>, ProblemHttpResult>> InviteAsync(
        string project,
        NewInvitation wanted,
        Caller caller,
        HttpContext http,
        WebOptions web,
        SharingOptions options,
        AccountWork accounts,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Role is not (Role.Editor or Role.Reviewer or Role.Viewer))
            return Problems.Invalid("A role is editor, reviewer or viewer.");
        if (wanted.Addressee.Trim() is not { Length: > 0 and <= 256 } addressee || addressee.Any(char.IsControl))
            return Problems.Invalid("Name a person by user name or email address.");
        var account = await accounts.FindAsync(addressee);
        // An address that nobody has shown to be theirs names nobody.
        if (
            account is { EmailConfirmed: false }
            && !addressee.Equals(account.UserName, StringComparison.OrdinalIgnoreCase)
        )
            account = null;
        if (account is null && !addressee.Contains('@'))
            return Problems.NotFound($"Nobody here is called '{addressee}'; invite them by email address.");
        if (account is not null && await IsGivenAsync(context, project, account.Id, cancellationToken))
            return Problems.Clash("That person is a member already; change the role instead.");
        if (
            await context.Invitations.AnyAsync(
                i => i.ProjectId == project && i.Addressee == addressee,
                cancellationToken
            )
        )
            return Problems.Clash("That person is invited already; send it again, or revoke it first.");
        if (await context.Invitations.CountAsync(i => i.ProjectId == project, cancellationToken) >= Most)
            return Problems.Clash($"{Most} invitations are open; revoke some first.");
        var secret = account is null ? Secret.Create("") : null;
        var invitation = new Invitation
        {
            Id = NewId.Create(),
            ProjectId = project,
            Addressee = addressee,
            AccountId = account?.Id,
            SecretHash = secret is null ? null : Secret.Hash(secret),
            Role = wanted.Role,
            InvitedById = caller.AccountId!,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + options.InvitationLifetime,
        };
        context.Add(invitation);
        audit.Add(caller, "invitation.sent", project, $"{addressee}: {wanted.Role}");
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(Answer(invitation, secret, web, http));
    }

    private static async Task<Results<Ok<Sent>, ProblemHttpResult>> ResendAsync(
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
        return TypedResults.Ok(Answer(found, secret, web, http));
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

    private static Task<bool> IsGivenAsync(
        WorkspaceContext context,
        string project,
        string account,
        CancellationToken cancellationToken
    ) =>
        context.Memberships.AnyAsync(
            m => m.ProjectId == project && m.AccountId == account && m.Source != MembershipSource.Link,
            cancellationToken
        );

    private static Sent Answer(Invitation invitation, string? secret, WebOptions web, HttpContext http) =>
        new(
            new Pending(invitation.Id, invitation.Addressee, invitation.Role, invitation.ExpiresAt),
            secret is null ? null : $"{PublicAddress.Of(web, http)}/invitation#{secret}"
        );

    private static ProblemHttpResult Missing() => Problems.NotFound("There is no such invitation.");
}
