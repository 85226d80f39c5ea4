using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Builds.Content;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Publishing;

/// <summary>Publishing a project, and going back to an earlier page of it.</summary>
internal static class PublishingEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects/{project}/publish", ReadAsync).For(Need.Read);
        app.MapPost("/api/projects/{project}/publish", PublishAsync).For(Need.Publish).Limited();
        app.MapPost("/api/projects/{project}/publish/rollback", RollBackAsync).For(Need.Publish);
    }

    /// <param name="Version">The project's, that is shown.</param>
    internal sealed record Shown(string Url, DateTimeOffset PublishedAt, int Version, string BuildId);

    /// <param name="Earlier">Builds that can be shown instead, the latest first.</param>
    internal sealed record ShownWithEarlier(
        string Url,
        DateTimeOffset PublishedAt,
        int Version,
        string BuildId,
        IReadOnlyList<Page> Earlier
    );

    internal sealed record Page(string BuildId, int Version, DateTimeOffset At);

    internal sealed record Earlier(string BuildId);

    private static async Task<JsonHttpResult<ShownWithEarlier?>> ReadAsync(
        string project,
        HttpContext http,
        WebOptions web,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var publication = await context
            .Publications.AsNoTracking()
            .FirstOrDefaultAsync(p => p.ProjectId == project, cancellationToken);
        if (publication is null)
            return TypedResults.Json<ShownWithEarlier?>(null);
        var pages = await context
            .Builds.Where(b => b.ProjectId == project && b.Kind == BuildKind.Publish && b.MainPath != null)
            .OrderByDescending(b => b.At)
            .Select(b => new Page(b.Id, b.Version, b.At))
            .ToListAsync(cancellationToken);
        return TypedResults.Json<ShownWithEarlier?>(
            new ShownWithEarlier(
                UrlOf(publication, http, web),
                publication.PublishedAt,
                pages.Find(page => page.BuildId == publication.BuildId)!.Version,
                publication.BuildId,
                [.. pages.Where(page => page.BuildId != publication.BuildId)]
            )
        );
    }

    // A page that does not come out leaves the one that is there.
    private static async Task<Results<Ok<Shown>, ProblemHttpResult>> PublishAsync(
        Caller caller,
        ProjectAccess access,
        HttpContext http,
        WebOptions web,
        ProjectCompiles compiles,
        PublicationWork work,
        ContentAddress addresses,
        CancellationToken cancellationToken
    )
    {
        var (result, build, files) = await compiles.RunAsync(
            caller,
            access,
            BuildKind.Publish,
            new CompileWish(),
            cancellationToken
        );
        if (build is not { MainPath: not null })
            return Problems.Of(
                StatusOf(result),
                $"Nothing was published: {result.Error ?? "the document did not render."}",
                ("build", build is null ? null : BuildAnswer.Of(build, files, result, addresses, caller))
            );
        var publication = await work.ShowAsync(
            caller,
            access.Project.Id,
            build.Id,
            "project.published",
            cancellationToken
        );
        if (publication is null)
            return Problems.Forbidden("Nothing was published: you may not publish this project any more.");
        return TypedResults.Ok(
            new Shown(UrlOf(publication, http, web), publication.PublishedAt, build.Version, build.Id)
        );
    }

    private static async Task<Results<Ok<Shown>, ProblemHttpResult>> RollBackAsync(
        string project,
        Earlier wanted,
        Caller caller,
        HttpContext http,
        WebOptions web,
        PublicationWork work,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (!await context.Publications.AnyAsync(p => p.ProjectId == project, cancellationToken))
            return Problems.Clash("The project is not published; publish it first.");
        if (
            await work.ShowAsync(caller, project, wanted.BuildId, "project.rolled-back", cancellationToken)
            is not { } publication
        )
            return Problems.NotFound("There is no such page (any more).");
        var version = await context
            .Builds.Where(b => b.Id == wanted.BuildId)
            .Select(b => b.Version)
            .FirstAsync(cancellationToken);
        return TypedResults.Ok(
            new Shown(UrlOf(publication, http, web), publication.PublishedAt, version, wanted.BuildId)
        );
    }

    private static int StatusOf(CompileResult result) =>
        result.Status switch
        {
            CompileStatus.CompileInProgress => StatusCodes.Status409Conflict,
            CompileStatus.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private static string UrlOf(Publication publication, HttpContext http, WebOptions web) =>
        $"{PublicAddress.OfPages(web, http)}/p/{publication.Slug}/";
}
