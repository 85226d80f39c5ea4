using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Projects.Changes;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects;

/// <summary>Making, naming, archiving, deleting and copying projects.</summary>
internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/examples", (ExampleProjects examples) => TypedResults.Ok(examples.Names)).For(Need.SignedIn);
        app.MapGet("/api/projects", ListAsync).For(Need.SignedIn);
        app.MapPost("/api/projects", CreateAsync).For(Need.SignedIn);
        app.MapGet("/api/projects/{project}", GetAsync).For(Need.Read);
        app.MapPatch("/api/projects/{project}", ChangeAsync).For(Need.Edit);
        app.MapDelete("/api/projects/{project}", DeleteAsync).For(Need.Own);
        app.MapPost("/api/projects/{project}/undelete", UndeleteAsync).For(Need.OwnDeleted);
        app.MapPost("/api/projects/{project}/copy", CopyAsync).For(Need.Read);
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

    internal sealed record NewProject(string Name, string? Example = null);

    internal sealed record CreatedProject(string Id, string? Note);

    internal sealed record ProjectChange(string? Name = null, string? RootPath = null, bool? IsArchived = null);

    internal sealed record Copy(string Name);

    /// <param name="MayInstall">Whether the caller's compiles may install what <c>requirements.vrf</c> names.</param>
    internal sealed record Details(
        string Id,
        string Name,
        int Version,
        string? RootPath,
        DateTimeOffset CreatedAt,
        DateTimeOffset ChangedAt,
        bool IsArchived,
        Role Role,
        MembershipSource? Source,
        bool MayEdit,
        bool MayEditRequirements,
        bool MayInstall,
        bool MayPublish
    )
    {
        public static Details Of(ProjectAccess access) =>
            new(
                access.Project.Id,
                access.Project.Name,
                access.Project.Version,
                access.Project.RootPath,
                access.Project.CreatedAt,
                access.Project.ChangedAt,
                access.Project.ArchivedAt is not null,
                access.Role!.Value,
                access.Source,
                access.MayEdit,
                access.MayEditRequirements,
                access.MayInstall,
                access.MayPublish
            );
    }

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

    private static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> CreateAsync(
        NewProject wanted,
        Caller caller,
        NewProjects projects,
        ExampleProjects examples,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (NewProjects.Name(wanted.Name) is not { } name)
            return Problems.Invalid(NewProjects.NameFault);
        if (wanted.Example is not null && !examples.Names.Contains(wanted.Example))
            return Problems.Invalid("There is no such example.");
        var files = wanted.Example is null
            ? [new FileChange.Write("index.qmd", await blobs.StageAsync(FirstText(name), cancellationToken))]
            : await examples.ReadAsync(wanted.Example, cancellationToken);
        try
        {
            var first = new ChangeSet(wanted.Example is null ? "Created" : $"Created from {wanted.Example}", files);
            var created = await projects.CreateAsync(caller, name, null, first, cancellationToken);
            return await AnswerAsync(created.Id, created.Outcome, blobs, cancellationToken);
        }
        finally
        {
            files.ForEach(file => file.Content.Dispose());
        }
    }

    internal static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> AnswerAsync(
        string id,
        ChangeOutcome outcome,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        outcome is ChangeOutcome.Committed committed
            ? TypedResults.Created($"/api/projects/{id}", new CreatedProject(id, ChangeAnswers.Of(committed).Note))
            : await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);

    private static Ok<Details> GetAsync(ProjectAccess access) => TypedResults.Ok(Details.Of(access));

    private static async Task<Results<Ok<Details>, ProblemHttpResult>> ChangeAsync(
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
        return TypedResults.Ok(Details.Of(access));
    }

    private static async Task<NoContent> DeleteAsync(
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        access.Project.DeletedAt = time.GetUtcNow();
        audit.Add(caller, "project.deleted", access.Project.Id, access.Project.Name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UndeleteAsync(
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        access.Project.DeletedAt = null;
        audit.Add(caller, "project.undeleted", access.Project.Id, access.Project.Name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<CreatedProject>, ProblemHttpResult>> CopyAsync(
        Copy wanted,
        ProjectAccess access,
        Caller caller,
        NewProjects projects,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (!caller.IsSignedIn)
            return Problems.Of(401, "Sign in first: a copy belongs to whoever makes it.");
        if (NewProjects.Name(wanted.Name) is not { } name)
            return Problems.Invalid(NewProjects.NameFault);
        var (source, rootPath) = (access.Project.Id, access.Project.RootPath);
        var files = await context
            .ProjectFiles.Where(file => file.ProjectId == source && file.Until == null)
            .Select(file => new FileChange.Reuse(file.Path, file.BlobHash, file.Size, file.IsText))
            .ToListAsync(cancellationToken);
        var first = new ChangeSet($"Copied from {access.Project.Name}", files);
        var created = await projects.CreateAsync(caller, name, rootPath, first, cancellationToken);
        return await AnswerAsync(created.Id, created.Outcome, blobs, cancellationToken);
    }

    private static byte[] FirstText(string name) =>
        System.Text.Encoding.UTF8.GetBytes(
            $"---\ntitle: {System.Text.Json.JsonSerializer.Serialize(name)}\nformat: html\n---\n\nWrite here.\n"
        );
}
