using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Projects.Files;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects.Versions;

/// <summary>A project's history: who changed what, what it was, and bringing it back.</summary>
internal static class VersionEndpoints
{
    private const int Page = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var versions = app.MapGroup("/api/projects/{project}/versions");
        versions.MapGet("", ListAsync).For(Need.Read);
        versions.MapGet("{number:int}/files", FilesAsync).For(Need.Read);
        versions.MapGet("{number:int}/files/{**path}", ReadAsync).For(Need.Read);
        versions.MapPost("{number:int}/restore", RestoreAsync).For(Need.Edit);
    }

    /// <param name="By">A person's name; null for somebody who was not signed in.</param>
    internal sealed record Listed(int Number, DateTimeOffset At, string? By, string Summary);

    // The latest first; the last one's number asks for those before it.
    private static async Task<Ok<List<Listed>>> ListAsync(
        string project,
        int? before,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await (
                from version in context.ProjectVersions
                join account in context.Users on version.AccountId equals account.Id into accounts
                from author in accounts.DefaultIfEmpty()
                where version.ProjectId == project && (before == null || version.Number < before)
                orderby version.Number descending
                select new Listed(
                    version.Number,
                    version.At,
                    author == null ? null : author.DisplayName,
                    version.Summary
                )
            )
                .Take(Page)
                .ToListAsync(cancellationToken)
        );

    private static async Task<Results<Ok<List<FileEndpoints.Listed>>, ProblemHttpResult>> FilesAsync(
        string project,
        int number,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var files = await At(context, project, number)
            .OrderBy(file => file.Path)
            .Select(file => new FileEndpoints.Listed(file.Path, file.Size, file.IsText, file.BlobHash))
            .ToListAsync(cancellationToken);
        return await IsThereAsync(context, project, number, cancellationToken) ? TypedResults.Ok(files) : Missing();
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        string project,
        int number,
        string path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var file = await At(context, project, number).FirstOrDefaultAsync(f => f.Path == path, cancellationToken);
        if (!await IsThereAsync(context, project, number, cancellationToken))
            return Missing();
        return file is null
            ? Problems.NotFound("There was no such file in that version.")
            : FileContent.Of(file, http, blobs);
    }

    private static async Task<Results<Ok<ChangeAnswers.Changed>, ProblemHttpResult>> RestoreAsync(
        string project,
        int number,
        Caller caller,
        WorkspaceContext context,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var files = await At(context, project, number)
            .Select(file => new FileChange.Reuse(file.Path, file.BlobHash, file.Size, file.IsText))
            .ToListAsync(cancellationToken);
        if (!await IsThereAsync(context, project, number, cancellationToken))
            return Missing();
        var set = new ChangeSet($"Restored version {number}", files) { ReplacesAll = true, MayKeepRequirements = true };
        return await FileEndpoints.AnswerAsync(
            await changes.CommitAsync(caller, project, set, cancellationToken),
            blobs,
            cancellationToken
        );
    }

    // Asked after the files were read: a version that is thinned takes files along, and half of them must pass for nothing.
    private static Task<bool> IsThereAsync(
        WorkspaceContext context,
        string project,
        int number,
        CancellationToken cancellationToken
    ) => context.ProjectVersions.AnyAsync(v => v.ProjectId == project && v.Number == number, cancellationToken);

    private static ProblemHttpResult Missing() => Problems.NotFound("There is no such version (any more).");

    private static IQueryable<ProjectFile> At(WorkspaceContext context, string project, int number) =>
        context
            .ProjectFiles.AsNoTracking()
            .Where(file =>
                file.ProjectId == project && file.Since <= number && (file.Until == null || file.Until > number)
            );
}
