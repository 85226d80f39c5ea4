using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Builds.Content;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>What came out of builds. Looking at it compiles nothing.</summary>
internal static class BuildEndpoints
{
    private const string LogName = "output.log";

    public static void Map(IEndpointRouteBuilder app)
    {
        var builds = app.MapGroup("/api/projects/{project}/builds").For(Need.Read);
        builds.MapGet("latest", LatestAsync);
        builds.MapGet("{build}", GetAsync);
        builds.MapGet("{build}/log", LogAsync);
        builds.MapGet("{build}/output/{**path}", OutputAsync);
    }

    // Who writes sees their own last one; who reads, the last that came out well.
    private static async Task<JsonHttpResult<BuildAnswer?>> LatestAsync(
        Caller caller,
        ProjectAccess access,
        WorkspaceContext context,
        ContentAddress addresses,
        CancellationToken cancellationToken
    )
    {
        var compiles = context
            .Builds.AsNoTracking()
            .Where(b => b.ProjectId == access.Project.Id && b.Kind == BuildKind.Compile)
            .OrderByDescending(b => b.At);
        var own =
            access.MayEdit && caller.IsSignedIn
                ? await compiles.FirstOrDefaultAsync(b => b.AccountId == caller.AccountId, cancellationToken)
                : null;
        var build = own ?? await compiles.FirstOrDefaultAsync(b => b.MainPath != null, cancellationToken);
        return TypedResults.Json<BuildAnswer?>(
            build is null ? null : await AnswerAsync(build, caller, context, addresses, cancellationToken)
        );
    }

    private static async Task<Results<Ok<BuildAnswer>, ProblemHttpResult>> GetAsync(
        string project,
        string build,
        Caller caller,
        WorkspaceContext context,
        ContentAddress addresses,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Builds.AsNoTracking()
            .FirstOrDefaultAsync(b => b.Id == build && b.ProjectId == project, cancellationToken);
        return found is null
            ? Problems.NotFound("There is no such build; they are kept for a while only.")
            : TypedResults.Ok(await AnswerAsync(found, caller, context, addresses, cancellationToken));
    }

    private static async Task<BuildAnswer> AnswerAsync(
        Build build,
        Caller caller,
        WorkspaceContext context,
        ContentAddress addresses,
        CancellationToken cancellationToken
    )
    {
        var files = await context
            .BuildFiles.AsNoTracking()
            .Where(file => file.BuildId == build.Id)
            .ToListAsync(cancellationToken);
        var result = BuildResultJson.Read(build.ResultJson);
        return BuildAnswer.Of(build, files, result, addresses, caller);
    }

    private static Task<Results<FileStreamHttpResult, ContentHttpResult>> LogAsync(
        string project,
        string build,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        WebOptions web,
        CancellationToken cancellationToken
    ) => OutputAsync(project, build, LogName, http, context, blobs, web, cancellationToken);

    private static async Task<Results<FileStreamHttpResult, ContentHttpResult>> OutputAsync(
        string project,
        string build,
        string path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        WebOptions web,
        CancellationToken cancellationToken
    )
    {
        var found = await (
            from file in context.BuildFiles
            join kept in context.Builds on file.BuildId equals kept.Id
            where kept.Id == build && kept.ProjectId == project && file.Path == path
            select file
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
        if (web.ContentUrl.Length > 0) // for programs: what is to be looked at is looked at there
            http.Response.Headers.ContentDisposition = "attachment";
        return found is null
            ? UntrustedContent.Missing(http, "There is no such file; builds are kept for a while only.")
            : UntrustedContent.Of(http, found, blobs, "private, no-cache");
    }
}
