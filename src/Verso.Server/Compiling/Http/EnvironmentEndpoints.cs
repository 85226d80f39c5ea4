using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Compiling.Installing;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Http;

/// <summary>A project's environment, for workspaces elsewhere.</summary>
internal static class EnvironmentEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/project/{projectId}/environment", AnswerAsync)
            .AddEndpointFilter(TargetOf.RequireAsync)
            .Accepts<EnvironmentWish>("application/json")
            .Produces<EnvironmentAnswer>()
            .WithSummary("What there is of the project's environment; have it built; resolve it anew");

    private static async Task<Results<JsonHttpResult<EnvironmentAnswer>, ProblemHttpResult>> AnswerAsync(
        HttpContext context,
        LocalEnvironments environments,
        CancellationToken cancellationToken
    )
    {
        EnvironmentWish? wish;
        try
        {
            wish = await JsonSerializer.DeserializeAsync(
                context.Request.Body,
                ClsiJson.Default.EnvironmentWish,
                cancellationToken
            );
        }
        catch (JsonException)
        {
            wish = null;
        }
        return wish is null || wish.UntrustedFiles?.Contains(null) == true
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                detail: "The request must be {\"work\": \"look\", \"build\", \"retry\" or \"refresh\", \"requirements\": \"…\", \"allowPythonInstall\": true or false}."
            )
            : TypedResults.Json(
                await environments.AnswerAsync(TargetOf.Request(context), wish, cancellationToken),
                ClsiJson.Default.EnvironmentAnswer
            );
    }
}
