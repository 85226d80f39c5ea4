using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Storage;

namespace Verso.Server.Web;

internal static class WorkspaceHealth
{
    public static void MapWorkspaceHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/status", () => TypedResults.Text("OK")).For(Need.Nobody).ExcludeFromDescription();
        app.MapGet("/health_check", CheckAsync).For(Need.Nobody).ExcludeFromDescription();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CheckAsync(
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) =>
        await context.Database.CanConnectAsync(cancellationToken)
            ? TypedResults.Text("OK")
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "The database cannot be reached.");
}
