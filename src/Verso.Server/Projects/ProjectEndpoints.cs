using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Projects;

/// <summary>Listing, reading, naming and archiving projects.</summary>
internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects", ListAsync).For(Need.SignedIn);
        app.MapGet("/api/projects/{project}", GetAsync).For(Need.Read);
        app.MapPatch("/api/projects/{project}", ChangeAsync).For(Need.Edit);
    }

    internal sealed record Listed(
        string Id,
        string Name,
        Role? Role,
        MembershipSource Source,
        DateTimeOffset ChangedAt,
        bool IsArchived,
        DateTimeOffset? DeletedAt
    );

    internal sealed record ProjectChange(string? Name = null, string? RootPath = null, bool? IsArchived = null);

    private static async Task<Ok<List<Listed>>> ListAsync(
        Caller caller,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var mine = await (
            from membership in context.Memberships
            join project in context.Projects on membership.ProjectId equals project.Id
            where membership.AccountId == caller.AccountId
            orderby project.ChangedAt descending
            select new { membership, project }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var links = (
            await (
                from link in context.ShareLinks
                join membership in context.Memberships on link.ProjectId equals membership.ProjectId
                where membership.AccountId == caller.AccountId
                select link
            )
                .AsNoTracking()
                .ToListAsync(cancellationToken)
        ).ToLookup(link => link.ProjectId);
        return TypedResults.Ok(
            mine.Select(found => new Listed(
                    found.project.Id,
                    found.project.Name,
                    AccessRules.Effective(found.membership, [.. links[found.project.Id]]),
                    found.membership.Source,
                    found.project.ChangedAt,
                    found.project.ArchivedAt is not null,
                    found.project.DeletedAt
                ))
                .Where(listed => listed.Role is not null && (listed.DeletedAt is null || listed.Role == Role.Owner))
                .ToList()
        );
    }

    private static Ok<ProjectDetails> GetAsync(ProjectAccess access) => TypedResults.Ok(ProjectDetails.Of(access));

    private static async Task<Results<Ok<ProjectDetails>, ProblemHttpResult>> ChangeAsync(
        ProjectChange change,
        ProjectAccess access,
        WorkspaceContext context,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project;
        if (change.Name is not null)
        {
            if (NewProjects.Name(change.Name) is not { } name)
                return Problems.Invalid(NewProjects.NameFault);
            project.Name = name;
        }
        if (change.RootPath is not null)
        {
            if (change.RootPath.Length > 0 && ProjectPath.Fault(change.RootPath) is { } fault)
                return Problems.Invalid(fault);
            project.RootPath = change.RootPath.Length > 0 ? change.RootPath : null;
        }
        if (change.IsArchived is { } archived)
        {
            if (!access.IsOwner)
                return Problems.Forbidden("Only the project's owner may archive it.");
            project.ArchivedAt = archived ? project.ArchivedAt ?? time.GetUtcNow() : null;
        }
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(ProjectDetails.Of(access));
    }
}
