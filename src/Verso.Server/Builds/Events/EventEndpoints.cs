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
            .Takes<Listeners>("Too many projects are open at once; close some of their pages.")
            .Produces<string>(contentType: "text/event-stream");

    private static ServerSentEventsResult<string> Watch(
        string project,
        Caller caller,
        HttpContext http,
        ProjectEvents events,
        IHostApplicationLifetime lifetime
    )
    {
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
