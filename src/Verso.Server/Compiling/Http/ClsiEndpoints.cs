using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Http;

/// <summary>The routes of CLSI, and those that Verso adds.</summary>
internal static class ClsiEndpoints
{
    private const int MostBodyBytes = 7 << 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        MapTarget(app.MapGroup("/project/{projectId}"));
        MapTarget(app.MapGroup("/project/{projectId}/user/{userId}"));
        app.MapMethods("/project/{projectId}/status", ["GET", "POST"], () => TypedResults.Text("OK"))
            .WithSummary("Whether the service is up");
    }

    private static void MapTarget(RouteGroupBuilder target)
    {
        target.AddEndpointFilter(TargetOf.RequireAsync);
        target
            .MapPost("/compile", CompileAsync)
            .WithMetadata(new BodyLimit(MostBodyBytes))
            .Accepts<CompileRequestBody>("application/json")
            .Produces<CompileResultBody>()
            .WithSummary("Render the project");
        target.MapPost("/compile/stop", StopAsync).WithSummary("End the compile under way, if any");
        target
            .MapGet("/compile/events", Watch)
            .Produces<CompileEvent>(contentType: "text/event-stream")
            .WithSummary("What the compile under way, or the next one, does");
        target.MapDelete("/", ClearAsync).WithSummary("Stop, and remove all that is kept of the project");
        target
            .MapGet("/build/{buildId}/output/{**path}", OutputAsync)
            .WithSummary("An output, or output.zip for all of them");
    }

    private static async Task<IResult> CompileAsync(
        HttpContext context,
        LocalCompileService service,
        CancellationToken cancellationToken
    )
    {
        var (request, fault) = await RequestBody.ReadAsync(context.Request, cancellationToken);
        if (request is null)
            return fault!;
        var result = await service.CompileAsync(TargetOf.Request(context), request, cancellationToken);
        return Answers.Of(result, context);
    }

    private static async Task<NoContent> StopAsync(
        HttpContext context,
        LocalCompileService service,
        CancellationToken cancellationToken
    )
    {
        await service.StopAsync(TargetOf.Request(context), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ClearAsync(
        HttpContext context,
        LocalCompileService service,
        CancellationToken cancellationToken
    )
    {
        await service.ClearAsync(TargetOf.Request(context), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> OutputAsync(
        HttpContext context,
        string buildId,
        string path,
        LocalCompileService service,
        CancellationToken cancellationToken
    )
    {
        var output = await service.OpenOutputAsync(TargetOf.Request(context), buildId, path, cancellationToken);
        if (output is null)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound,
                detail: "There is no such output; builds are kept for a while only."
            );
        // Should anybody open it in a browser: it is a stranger's text.
        context.Response.Headers.ContentSecurityPolicy = "sandbox allow-scripts";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(output.Content, output.Type, enableRangeProcessing: true);
    }

    private static ServerSentEventsResult<string> Watch(
        HttpContext context,
        LocalCompileService service,
        IHostApplicationLifetime lifetime
    )
    {
        return TypedResults.ServerSentEvents(ItemsAsync());

        async IAsyncEnumerable<SseItem<string>> ItemsAsync()
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted,
                lifetime.ApplicationStopping
            );
            // Whoever watches before anything happens is to know that it is heard.
            await context.Response.Body.FlushAsync(ending.Token);
            await using var events = service
                .WatchAsync(TargetOf.Request(context), ending.Token)
                .GetAsyncEnumerator(ending.Token);
            while (await HasNextAsync(events, lifetime))
                yield return new SseItem<string>(
                    JsonSerializer.Serialize(events.Current, ClsiJson.Default.CompileEvent),
                    events.Current.Stage.ToString().ToLowerInvariant()
                );
        }
    }

    private static async Task<bool> HasNextAsync(
        IAsyncEnumerator<CompileEvent> events,
        IHostApplicationLifetime lifetime
    )
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }
}
