using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Remote;

/// <summary>What a compile on another machine does.</summary>
internal sealed class RemoteEvents(CompileEndpoints endpoints)
{
    public async IAsyncEnumerable<CompileEvent> WatchAsync(
        CompileTarget target,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var endpoint = endpoints.For(target)[0];
        await using var stream = await TryWatchAsync(endpoint, target, cancellationToken);
        if (stream is null)
            yield break;
        await using var items = SseParser
            .Create(stream, (_, data) => JsonSerializer.Deserialize(data, ClsiJson.Default.CompileEvent)!)
            .EnumerateAsync(cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await HasNextAsync(items, endpoint))
            yield return items.Current.Data;
    }

    private async Task<Stream?> TryWatchAsync(Uri endpoint, CompileTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoints.Http.GetStreamAsync(
                CompileEndpoints.At(endpoint, target, "/compile/events"),
                cancellationToken
            );
        }
        catch (HttpRequestException)
        {
            return null; // whoever compiles hears why
        }
    }

    // A service that goes takes its events along; the compile itself says what became of it.
    private async Task<bool> HasNextAsync(IAsyncEnumerator<SseItem<CompileEvent>> items, Uri endpoint)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (IOException)
        {
            endpoints.FoundUnwell(endpoint);
            return false;
        }
    }
}
