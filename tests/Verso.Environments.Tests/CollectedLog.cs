namespace Verso.Environments.Tests;

/// <summary>A waiter's view of a build's log, and a way to wait for a line of it.</summary>
internal sealed class CollectedLog : IProgress<string>
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            _lines.Add(value);
            foreach (var (_, seen) in _awaited.Where(it => value.Contains(it.Part)))
                seen.TrySetResult();
        }
    }

    public Task WaitForAsync(string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Any(line => line.Contains(part)))
                return Task.CompletedTask;
            _awaited.Add((part, seen));
        }
        return seen.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
