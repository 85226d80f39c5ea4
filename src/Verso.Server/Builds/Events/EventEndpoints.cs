using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Verso.Server.Accounts;
using Verso.Server.Web;

namespace Verso.Server.Builds.Events;

internal static class EventEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/projects/{project}/events", Watch)
            .For(Need.Read)
            .Produces<string>(contentType: "text/event-stream");

    private static Results<ServerSentEventsResult<string>, ProblemHttpResult> Watch(
        string project,
        Caller caller,
        HttpContext http,
        ProjectEvents events,
        Listeners listeners,
        IHostApplicationLifetime lifetime
    )
    {
        if (listeners.TryEnter(caller) is not { } place)
            return Problems.Of(
                StatusCodes.Status429TooManyRequests,
                "The project is open too many times; close some of its pages."
            );
        http.Response.RegisterForDispose(place);
        return TypedResults.ServerSentEvents(ItemsAsync());

        async IAsyncEnumerable<SseItem<string>> ItemsAsync()
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                http.RequestAborted,
                lifetime.ApplicationStopping
            );
            await foreach (var item in events.WatchAsync(caller, project, ending.Token))
                yield return item;
        }
    }
}
