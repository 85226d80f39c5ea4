using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Builds.Running;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Publishing;

/// <summary>Making a project's page public, going back to an earlier one, and taking it down.</summary>
internal static class PublishEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/projects/{project}/publish", GetAsync).For(Need.Read);
        app.MapPost("/api/projects/{project}/publish", PublishAsync).For(Need.Publish);
        app.MapPost("/api/projects/{project}/publish/rollback", RollBackAsync).For(Need.Publish);
        app.MapDelete("/api/projects/{project}/publish", TakeDownAsync).For(Need.Publish);
        app.MapDelete("/api/admin/publications/{slug}", TakeDownAsAdministratorAsync).For(Need.Administrator);
    }

    internal sealed record Published(string Slug, string Url, string BuildId, DateTimeOffset PublishedAt);

    internal sealed record Earlier(string BuildId, DateTimeOffset At, int Version);

    /// <param name="Published">Null while nothing is public.</param>
    /// <param name="Builds">What can be gone back to, the latest first.</param>
    internal sealed record State(Published? Published, IReadOnlyList<Earlier> Builds);

    internal sealed record RollBack(string BuildId);

    private static async Task<Ok<State>> GetAsync(
        string project,
        HttpContext http,
        WebOptions web,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var publication = await context.Publications.FindAsync([project], cancellationToken);
        var builds = await context
            .Builds.Where(b => b.ProjectId == project && b.Kind == BuildKind.Publish && b.MainPath != null)
            .OrderByDescending(b => b.At)
            .Select(b => new Earlier(b.Id, b.At, b.Version))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new State(publication is null ? null : Answer(publication, web, http), builds));
    }

    private static async Task<IResult> PublishAsync(
        BuildWishes? wishes,
        ProjectAccess access,
        Caller caller,
        ProjectBuilds builds,
        BuildLimits limits,
        BuildAnswers answers,
        Publications publications,
        HttpContext http,
        WebOptions web,
        CancellationToken cancellationToken
    )
    {
        if (limits.Enter(caller, access.Project.Id) is { } wait)
            return BuildAnswers.TooOften(wait, http);
        var (result, build) = await builds.RunAsync(
            access,
            caller,
            BuildKind.Publish,
            wishes ?? new(),
            cancellationToken
        );
        if (build is null)
            return await answers.OfAsync(result, build, access, caller, cancellationToken);
        if (build.MainPath is null)
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "The project did not render, so nothing was published; what was public stays so.",
                ("build", await answers.ShowAsync(build, access, caller, cancellationToken))
            );
        return TypedResults.Ok(
            Answer(await publications.ShowAsync(build, caller, "project.published", cancellationToken), web, http)
        );
    }

    private static async Task<Results<Ok<Published>, ProblemHttpResult>> RollBackAsync(
        string project,
        RollBack wanted,
        Caller caller,
        HttpContext http,
        WebOptions web,
        WorkspaceContext context,
        Publications publications,
        CancellationToken cancellationToken
    )
    {
        var build = await context.Builds.FirstOrDefaultAsync(
            b => b.Id == wanted.BuildId && b.ProjectId == project && b.Kind == BuildKind.Publish && b.MainPath != null,
            cancellationToken
        );
        return build is null
            ? Problems.NotFound("There is no such earlier page (any more).")
            : TypedResults.Ok(
                Answer(await publications.ShowAsync(build, caller, "project.rolled-back", cancellationToken), web, http)
            );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeDownAsync(
        string project,
        Caller caller,
        WorkspaceContext context,
        Publications publications,
        CancellationToken cancellationToken
    ) =>
        await publications.TakeDownAsync(
            context.Publications.Where(p => p.ProjectId == project),
            caller,
            "project.unpublished",
            cancellationToken
        )
            ? TypedResults.NoContent()
            : Missing();

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeDownAsAdministratorAsync(
        string slug,
        Caller caller,
        WorkspaceContext context,
        Publications publications,
        CancellationToken cancellationToken
    ) =>
        await publications.TakeDownAsync(
            context.Publications.Where(p => p.Slug == slug),
            caller,
            "project.taken-down",
            cancellationToken
        )
            ? TypedResults.NoContent()
            : Missing();

    private static Published Answer(Publication publication, WebOptions web, HttpContext http) =>
        new(
            publication.Slug,
            $"{PublicAddress.Of(web, http)}/p/{publication.Slug}/",
            publication.BuildId,
            publication.PublishedAt
        );

    private static ProblemHttpResult Missing() => Problems.NotFound("Nothing is published there.");
}
