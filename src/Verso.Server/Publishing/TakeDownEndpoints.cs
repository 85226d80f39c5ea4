using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Publishing;

/// <summary>Taking a published page down: by those who may publish, and by administrators.</summary>
internal static class TakeDownEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapDelete("/api/projects/{project}/publish", TakeDownAsync).For(Need.Publish);
        app.MapDelete("/api/admin/publications/{slug}", TakeDownAnyAsync).For(Need.Administrator);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> TakeDownAsync(
        string project,
        Caller caller,
        PublicationWork work,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        AnswerAsync(
            context.Publications.Where(p => p.ProjectId == project),
            "project.unpublished",
            caller,
            work,
            cancellationToken
        );

    private static Task<Results<NoContent, ProblemHttpResult>> TakeDownAnyAsync(
        string slug,
        Caller caller,
        PublicationWork work,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        AnswerAsync(
            context.Publications.Where(p => p.Slug == slug),
            "project.taken-down",
            caller,
            work,
            cancellationToken
        );

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(
        IQueryable<Publication> which,
        string action,
        Caller caller,
        PublicationWork work,
        CancellationToken cancellationToken
    ) =>
        await work.TakeDownAsync(caller, which, action, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("Nothing is published there.");
}
