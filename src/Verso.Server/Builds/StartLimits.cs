using Verso.Server.Accounts;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>
/// How often somebody may have a project compiled, exported, published or its packages installed. Counted by person and
/// project; for people who are not signed in by address, whatever the project. Counted in this process alone.
/// </summary>
internal sealed class StartLimits(BuildsOptions options, TimeProvider time)
{
    private const int MostCallers = 100_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _starts = [];

    /// <returns>Null when it may be started, which counts; else how long to wait.</returns>
    public TimeSpan? TryStart(Caller caller, string projectId)
    {
        var now = time.GetUtcNow();
        var key = caller.AccountId is { } account
            ? $"{projectId} {account}"
            : $"address {ClientNetwork.Of(caller.Address)}";
        lock (_lock)
        {
            if (_starts.Count >= MostCallers)
                ForgetIdle(now);
            if (!_starts.TryGetValue(key, out var starts))
                starts = _starts[key] = [];
            Forget(starts, now);
            if (starts.Count >= options.PerTenMinutes)
                return starts.Peek() + TenMinutes - now;
            var latest = starts.Where(start => start > now - Second).ToList();
            if (latest.Count >= options.PerSecond)
                return latest[0] + Second - now;
            starts.Enqueue(now);
            return null;
        }
    }

    private void ForgetIdle(DateTimeOffset now)
    {
        foreach (var (key, starts) in _starts)
        {
            Forget(starts, now);
            if (starts.Count == 0)
                _starts.Remove(key);
        }
    }

    private static void Forget(Queue<DateTimeOffset> starts, DateTimeOffset now)
    {
        while (starts.TryPeek(out var oldest) && oldest <= now - TenMinutes)
            starts.Dequeue();
    }
}
