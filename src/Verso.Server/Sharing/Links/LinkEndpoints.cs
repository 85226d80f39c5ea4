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

namespace Verso.Server.Sharing.Links;

/// <summary>Share links: turned on and off by the owner, opened by whoever has them.</summary>
internal static class LinkEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects/{project}/links", ListAsync).For(Need.Own);
        app.MapPut("/api/projects/{project}/links/{kind}", TurnOnAsync).For(Need.Own);
        app.MapDelete("/api/projects/{project}/links/{kind}", TurnOffAsync).For(Need.Own);
        app.MapPost("/api/links/open", OpenAsync).For(Need.Nobody);
    }

    /// <param name="Kind"><c>view</c> or <c>edit</c>.</param>
    internal sealed record Link(string Kind, string Token, string Url, DateTimeOffset CreatedAt);

    internal sealed record GivenToken(string Token);

    /// <param name="Role">What the caller has in the project now.</param>
    internal sealed record Opened(string Project, string Name, Role Role);

    private static async Task<Ok<List<Link>>> ListAsync(
        string project,
        HttpContext http,
        WebOptions web,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var links = await context.ShareLinks.Where(link => link.ProjectId == project).ToListAsync(cancellationToken);
        return TypedResults.Ok(links.ConvertAll(link => Answer(link, web, http)));
    }

    private static async Task<Results<Ok<Link>, ProblemHttpResult>> TurnOnAsync(
        string project,
        string kind,
        Caller caller,
        HttpContext http,
        WebOptions web,
        ProjectLock locks,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (RoleOf(kind) is not { } role)
            return Problems.NotFound("There are links to 'view' and to 'edit'.");
        await using var held = await locks.EnterAsync(project, cancellationToken);
        if (await context.ShareLinks.FindAsync([project, role], cancellationToken) is { } there)
            return TypedResults.Ok(Answer(there, web, http));
        var link = new ShareLink
        {
            ProjectId = project,
            Role = role,
            Token = Secret.Create(""),
            CreatedAt = time.GetUtcNow(),
        };
        context.Add(link);
        audit.Add(caller, "link.on", project, kind);
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.Ok(Answer(link, web, http));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TurnOffAsync(
        string project,
        string kind,
        Caller caller,
        ProjectLock locks,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (RoleOf(kind) is not { } role)
            return Problems.NotFound("There are links to 'view' and to 'edit'.");
        await using var held = await locks.EnterAsync(project, cancellationToken);
        context.RemoveRange(context.ShareLinks.Where(link => link.ProjectId == project && link.Role == role));
        // Who came by it has to be given the next one.
        context.RemoveRange(
            context.Memberships.Where(m =>
                m.ProjectId == project && m.Source == MembershipSource.Link && m.LinkRole == role
            )
        );
        foreach (
            var member in context.Memberships.Where(m => m.ProjectId == project && m.Role != null && m.LinkRole == role)
        )
            member.LinkRole = null;
        audit.Add(caller, "link.off", project, kind);
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    // Compiles nothing, and shows nothing: people see the last build that came out well.
    private static async Task<Results<Ok<Opened>, ProblemHttpResult>> OpenAsync(
        GivenToken given,
        Caller caller,
        ProjectLock locks,
        WorkspaceContext context,
        AccessRules access,
        Joining joining,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        // Anybody may open one, but it makes a member of somebody who is signed in.
        if (caller.IsSignedIn && !caller.May(TokenScopes.Write))
            return Problems.Forbidden("The access token has no scope 'write'.");
        var links = context.ShareLinks.AsNoTracking().Where(link => link.Token == given.Token);
        if (await links.FirstOrDefaultAsync(cancellationToken) is not { } link)
            return Missing();
        if (caller.IsSignedIn)
        {
            await using var held = await locks.EnterAsync(link.ProjectId, cancellationToken);
            if (!await links.AnyAsync(cancellationToken))
                return Missing(); // turned off meanwhile
            await joining.ByLinkAsync(link.ProjectId, caller.AccountId!, link.Role, cancellationToken);
            audit.Add(caller, "link.opened", link.ProjectId, link.Role.ToString());
            await context.SaveChangesAsync(cancellationToken);
            await held.CommitAsync(cancellationToken);
        }
        var asker = caller.IsSignedIn ? caller : caller with { LinkToken = given.Token };
        return await access.OfAsync(asker, link.ProjectId, cancellationToken)
                is { Role: { } role, Project: { DeletedAt: null } project }
                ? TypedResults.Ok(new Opened(project.Id, project.Name, role))
            : caller.IsSignedIn ? Missing()
            : Problems.Of(401, "Sign in first: links are for people with an account here.");
    }

    private static Role? RoleOf(string kind) =>
        kind switch
        {
            "view" => Role.Viewer,
            "edit" => Role.Editor,
            _ => null,
        };

    private static Link Answer(ShareLink link, WebOptions web, HttpContext http) =>
        new(
            link.Role == Role.Editor ? "edit" : "view",
            link.Token,
            $"{PublicAddress.Of(web, http)}/link#{link.Token}",
            link.CreatedAt
        );

    private static ProblemHttpResult Missing() => Problems.NotFound("The link is turned off, or was never there.");
}
