using System.Collections.Concurrent;

namespace Verso.Server.Compiling.Running;

/// <summary>
/// Which targets are in use: one compile at a time in each folder. Kept in memory, for a service has its folder to
/// itself, so that nothing stays locked when it is killed.
/// </summary>
internal sealed class RunningCompiles
{
    private readonly ConcurrentDictionary<string, RunningCompile> _running = new();

    public int Count => _running.Count;

    /// <returns>Null when the target is in use.</returns>
    public RunningCompile? TryBegin(string name)
    {
        var compile = new RunningCompile(ended => _running.TryRemove(KeyValuePair.Create(name, ended)));
        if (_running.TryAdd(name, compile))
            return compile;
        compile.Dispose();
        return null;
    }

    /// <summary>Stops what uses the target, and waits until it no longer does.</summary>
    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(name, out var compile))
            await compile.StopAsync().WaitAsync(cancellationToken);
    }

    /// <summary>The same, for long enough to use it oneself.</summary>
    public async Task<RunningCompile> StopAndBeginAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            await StopAsync(name, cancellationToken);
            if (TryBegin(name) is { } mine)
                return mine;
        }
    }
}
