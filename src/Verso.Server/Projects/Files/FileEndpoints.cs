using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Projects.Files;

/// <summary>A project's files: list, read, write, move, delete.</summary>
internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder app, ProjectsOptions options)
    {
        app.MapGet("/api/projects/{project}/files", ListAsync).For(Need.Read);
        app.MapGet("/api/projects/{project}/files/{**path}", ReadAsync).For(Need.Read);
        app.MapPut("/api/projects/{project}/files/{**path}", WriteAsync)
            .For(Need.Edit)
            .WithBody(options.MaxFileBytes + 1024);
        app.MapDelete("/api/projects/{project}/files/{**path}", DeleteAsync).For(Need.Edit);
        app.MapPost("/api/projects/{project}/move", MoveAsync).For(Need.Edit);
    }

    /// <param name="ETag">For <c>If-Match</c>; also the content's SHA-256.</param>
    internal sealed record Listed(string Path, long Size, bool IsText, string ETag);

    internal sealed record Written(int Version, string ETag);

    internal sealed record Move(string From, string To);

    private static async Task<Ok<List<Listed>>> ListAsync(
        string project,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await context
                .ProjectFiles.Where(file => file.ProjectId == project && file.Until == null)
                .OrderBy(file => file.Path)
                .Select(file => new Listed(file.Path, file.Size, file.IsText, file.BlobHash))
                .ToListAsync(cancellationToken)
        );

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        string project,
        string path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var file = await context.ProjectFiles.FirstOrDefaultAsync(
            file => file.ProjectId == project && file.Path == path && file.Until == null,
            cancellationToken
        );
        return file is null ? Problems.NotFound("There is no such file.") : FileContent.Of(file, http, blobs);
    }

    private static async Task<Results<Ok<Written>, ProblemHttpResult>> WriteAsync(
        string project,
        string path,
        HttpContext http,
        Caller caller,
        ProjectChanges changes,
        ProjectsOptions options,
        BlobStore blobs,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (Precondition.Read(http.Request) is not { } precondition)
            return Problems.Invalid("If-Match takes one ETag in quotes, or *.");
        var exists = await context.ProjectFiles.AnyAsync(
            file => file.ProjectId == project && file.Path == path && file.Until == null,
            cancellationToken
        );
        if (precondition.IsMissing && exists)
            return Problems.Of(
                StatusCodes.Status428PreconditionRequired,
                "The file exists; send If-Match with the ETag of the content that you changed."
            );
        using var content = await blobs.StageAsync(http.Request.Body, options.MaxFileBytes, cancellationToken);
        if (content is null)
            return Problems.Of(
                StatusCodes.Status413PayloadTooLarge,
                $"A file may have {options.MaxFileMiB} MiB at most."
            );
        var write = new FileChange.Write(path, content, precondition.IsMissing ? "" : precondition.ETag);
        var set = new ChangeSet($"{(exists ? "Changed" : "Added")} {path}", [write]);
        var outcome = await changes.CommitAsync(caller, project, set, cancellationToken);
        if (outcome is not ChangeOutcome.Committed committed)
            return await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);
        http.Response.Headers.ETag = $"\"{content.Hash}\"";
        return TypedResults.Ok(new Written(committed.Version, content.Hash));
    }

    private static async Task<Results<Ok<ChangeAnswers.Changed>, ProblemHttpResult>> DeleteAsync(
        string project,
        string path,
        HttpContext http,
        Caller caller,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (Precondition.Read(http.Request) is not { } precondition)
            return Problems.Invalid("If-Match takes one ETag in quotes, or *.");
        var set = new ChangeSet($"Deleted {path}", [new FileChange.Delete(path, precondition.ETag)]);
        return await AnswerAsync(
            await changes.CommitAsync(caller, project, set, cancellationToken),
            blobs,
            cancellationToken
        );
    }

    private static async Task<Results<Ok<ChangeAnswers.Changed>, ProblemHttpResult>> MoveAsync(
        string project,
        Move move,
        Caller caller,
        ProjectChanges changes,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var set = new ChangeSet($"Moved {move.From} to {move.To}", [new FileChange.Move(move.From, move.To)]);
        return await AnswerAsync(
            await changes.CommitAsync(caller, project, set, cancellationToken),
            blobs,
            cancellationToken
        );
    }

    internal static async Task<Results<Ok<ChangeAnswers.Changed>, ProblemHttpResult>> AnswerAsync(
        ChangeOutcome outcome,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        outcome is ChangeOutcome.Committed committed
            ? TypedResults.Ok(ChangeAnswers.Of(committed))
            : await ChangeAnswers.ProblemAsync(outcome, blobs, cancellationToken);
}
