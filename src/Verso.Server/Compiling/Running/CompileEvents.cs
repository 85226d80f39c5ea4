using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Running;

/// <summary>Tells whoever watches a target what its compile does: what has been so far, then each event as it comes.</summary>
internal sealed class CompileEvents
{
    private const int MostKept = 500;
    private const int MostWatchers = 50;
    private const int LongestMessage = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Topic> _topics = [];

    /// <summary>A topic goes with its last event, of the stage <see cref="CompileStage.Done"/>.</summary>
    public void Publish(CompileTarget target, CompileEvent happened)
    {
        if (happened.Message.Length > LongestMessage)
            happened = happened with { Message = happened.Message[..LongestMessage] + "…" };
        lock (_lock)
        {
            var topic = TopicOf(target);
            topic.Past.Enqueue(happened);
            if (topic.Past.Count > MostKept)
                topic.Past.Dequeue();
            foreach (var watcher in topic.Watchers)
                watcher.Writer.TryWrite(happened);
            if (happened.Stage != CompileStage.Done)
                return;
            _topics.Remove(target.Name);
            foreach (var watcher in topic.Watchers)
                watcher.Writer.Complete();
        }
    }

    public async IAsyncEnumerable<CompileEvent> WatchAsync(
        CompileTarget target,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (Join(target) is not var (topic, events))
            yield break;
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            Leave(target, topic, events);
        }
    }

    private (Topic, Channel<CompileEvent>)? Join(CompileTarget target)
    {
        // Who reads too slowly misses what came first, never the end.
        var events = Channel.CreateBounded<CompileEvent>(
            new BoundedChannelOptions(2 * MostKept) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        lock (_lock)
        {
            var topic = TopicOf(target);
            if (topic.Watchers.Count >= MostWatchers)
                return null;
            foreach (var happened in topic.Past)
                events.Writer.TryWrite(happened);
            topic.Watchers.Add(events);
            return (topic, events);
        }
    }

    private void Leave(CompileTarget target, Topic topic, Channel<CompileEvent> events)
    {
        lock (_lock)
        {
            topic.Watchers.Remove(events);
            if (topic is { Watchers.Count: 0, Past.Count: 0 } && _topics.GetValueOrDefault(target.Name) == topic)
                _topics.Remove(target.Name); // nothing happened yet, and nobody waits for it any more
        }
    }

    private Topic TopicOf(CompileTarget target) =>
        _topics.TryGetValue(target.Name, out var topic) ? topic : _topics[target.Name] = new Topic();

    private sealed class Topic
    {
        public Queue<CompileEvent> Past { get; } = [];

        public List<Channel<CompileEvent>> Watchers { get; } = [];
    }
}
