using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Builds.Events;

/// <summary>
/// What those are told who have a project open: <c>watching</c> with its version, once nothing is missed from there on;
/// <c>compile</c> with each event of their own compiles; <c>changed</c> with the new version; <c>packages</c> when its
/// requirements resolve to something else.
/// </summary>
internal sealed class ProjectEvents(ICompileService service, IServiceScopeFactory scopes, TimeProvider time)
{
    private const int MostWaiting = 1000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Until it is cancelled, or the caller may not read the project any more.</summary>
    public IAsyncEnumerable<SseItem<string>> WatchAsync(
        Caller caller,
        string projectId,
        CancellationToken cancellationToken
    )
    {
        var events = Channel.CreateBounded<SseItem<string>>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        _ = RunAsync(caller, projectId, events.Writer, cancellationToken);
        return events.Reader.ReadAllAsync(cancellationToken);
    }

    private async Task RunAsync(
        Caller caller,
        string projectId,
        ChannelWriter<SseItem<string>> events,
        CancellationToken cancellationToken
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var compiles = FollowCompilesAsync(CompileTarget.Of(projectId, caller.AccountId), events, ending.Token);
        Exception? fault = null;
        try
        {
            await FollowProjectAsync(caller, projectId, events, cancellationToken);
        }
        catch (Exception e)
        {
            fault = e; // whoever reads is told
        }
        await ending.CancelAsync();
        await compiles.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        events.TryComplete(fault);
    }

    private async Task FollowCompilesAsync(
        CompileTarget target,
        ChannelWriter<SseItem<string>> events,
        CancellationToken cancellationToken
    )
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var heard = false;
            try
            {
                await foreach (var happened in service.WatchAsync(target, cancellationToken))
                {
                    heard = true;
                    var json = JsonSerializer.Serialize(happened, ClsiJson.Default.CompileEvent);
                    events.TryWrite(new SseItem<string>(json, "compile"));
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The compile service is away for a while.
            }
            // A service that ends each watch at once is not asked without a pause.
            await Task.Delay(heard ? Pause : Period, time, cancellationToken);
        }
    }

    // Asked of the database, since another replica may be the one that changes it.
    private async Task FollowProjectAsync(
        Caller caller,
        string projectId,
        ChannelWriter<SseItem<string>> events,
        CancellationToken cancellationToken
    )
    {
        var known = await StateAsync(caller, projectId, cancellationToken);
        if (known is not null)
            events.TryWrite(Item("watching", known.Value.Version));
        using var timer = new PeriodicTimer(Period, time);
        while (known is not null && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = await StateAsync(caller, projectId, cancellationToken);
            if (now is var (version, _) && version != known.Value.Version)
                events.TryWrite(Item("changed", version));
            if (now is var (_, resolvedAt) && resolvedAt != known.Value.ResolvedAt)
                events.TryWrite(new SseItem<string>("{}", "packages"));
            known = now;
        }
    }

    private static SseItem<string> Item(string name, int version) => new($$"""{"version":{{version}}}""", name);

    private async Task<(int Version, DateTimeOffset? ResolvedAt)?> StateAsync(
        Caller caller,
        string projectId,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var access = await scope
            .ServiceProvider.GetRequiredService<AccessRules>()
            .OfAsync(caller, projectId, cancellationToken);
        if (access is not { MayRead: true, Project.DeletedAt: null })
            return null;
        var resolvedAt = await scope
            .ServiceProvider.GetRequiredService<WorkspaceContext>()
            .Resolutions.Where(r => r.ProjectId == projectId)
            .Select(r => (DateTimeOffset?)r.ResolvedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return (access.Project.Version, resolvedAt);
    }
}
