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

/// <summary>Inviting a person: an account that is known to be theirs, else whoever is handed the secret.</summary>
internal static class InvitingEndpoint
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/projects/{project}/invitations", InviteAsync).For(Need.Own);

    internal sealed record NewInvitation(string Addressee, Role Role);

    private static async Task<Results<Ok<SentInvitation>, ProblemHttpResult>> InviteAsync(
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
        if (account is { EmailConfirmed: false } && addressee.Contains('@'))
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
        return TypedResults.Ok(SentInvitation.Of(invitation, secret, PublicAddress.Of(web, http)));
    }

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
}
