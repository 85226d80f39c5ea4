using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>What builds left. Looking at them compiles nothing.</summary>
internal static class BuildEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var builds = app.MapGroup("/api/projects/{project}/builds").For(Need.Read);
        builds.MapGet("latest", LatestAsync);
        builds.MapGet("{build}", GetAsync);
        builds.MapGet("{build}/output/{**path}", DownloadAsync);
    }

    private static async Task<Results<Ok<BuildAnswers.Shown>, ProblemHttpResult>> LatestAsync(
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        BuildAnswers answers,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project.Id;
        var build = await context
            .Builds.AsNoTracking()
            .Where(b => b.ProjectId == project && b.Kind == BuildKind.Compile && b.MainPath != null)
            .OrderByDescending(b => b.At)
            .FirstOrDefaultAsync(cancellationToken);
        return build is null
            ? Problems.NotFound("The project was not compiled yet.")
            : TypedResults.Ok(await answers.ShowAsync(build, access, caller, cancellationToken));
    }

    private static async Task<Results<Ok<BuildAnswers.Shown>, ProblemHttpResult>> GetAsync(
        string build,
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        BuildAnswers answers,
        CancellationToken cancellationToken
    )
    {
        var project = access.Project.Id;
        var found = await context
            .Builds.AsNoTracking()
            .FirstOrDefaultAsync(b => b.Id == build && b.ProjectId == project, cancellationToken);
        return found is null
            ? Missing()
            : TypedResults.Ok(await answers.ShowAsync(found, access, caller, cancellationToken));
    }

    // To be saved, not shown: what is shown is served as content.
    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        string project,
        string build,
        string path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var file = await (
            from output in context.BuildFiles
            join owner in context.Builds on output.BuildId equals owner.Id
            where owner.ProjectId == project && owner.Id == build && output.Path == path
            select output
        ).FirstOrDefaultAsync(cancellationToken);
        if (file is null)
            return Missing();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(
            blobs.Open(file.BlobHash),
            "application/octet-stream",
            Path.GetFileName(path),
            enableRangeProcessing: true
        );
    }

    private static ProblemHttpResult Missing() => Problems.NotFound("There is no such build or output (any more).");
}
