namespace Verso.Environments.Building;

/// <summary>
/// Lets everybody in this process who needs the same environment wait for one build, and see its log live. A build goes
/// on when those who wait for it leave: a heavy first build is never begun over and over.
/// </summary>
internal sealed class SharedBuilds(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedBuild> _running = [];
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;

    /// <returns>The build's result, or null when it takes longer than the patience; whether this caller began it; and its log so far.</returns>
    public async Task<(BuildResult? Result, bool Began, string Log)> JoinAsync(
        string key,
        Func<BuildLog, CancellationToken, Task<BuildResult>> build,
        IProgress<string>? progress,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        SharedBuild? shared;
        bool began;
        lock (_lock)
        {
            if (_isClosed)
                return (Stopped(log: ""), Began: false, Log: "");
            began = !_running.TryGetValue(key, out shared);
            if (shared is null)
                _running[key] = shared = Begin(key, build);
        }
        if (!began)
            EnvironmentMetrics.Waited();
        if (progress is not null)
            shared.Log.Subscribe(progress);
        try
        {
            await Task.WhenAny(shared.Result).WaitAsync(patience, time, cancellationToken);
            return (await shared.Result, began, shared.Log.Text);
        }
        catch (TimeoutException) when (!shared.Result.IsCompleted)
        {
            return (null, began, shared.Log.Text);
        }
        finally
        {
            if (progress is not null)
                shared.Log.Unsubscribe(progress);
        }
    }

    /// <summary>Stops what runs, and waits until it has cleaned up after itself.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true; // or one could begin after these have been counted
            running = [.. _running.Values.Select(build => build.Result)];
        }
        await _closing.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running));
        _closing.Dispose();
    }

    private static BuildResult.Failed Stopped(string log) =>
        new(
            "Verso is being stopped, and the installing of packages with it; render again when it runs again.",
            true,
            log
        );

    private SharedBuild Begin(string key, Func<BuildLog, CancellationToken, Task<BuildResult>> build)
    {
        var log = new BuildLog();
        return new SharedBuild(log, Task.Run(RunAsync));

        async Task<BuildResult> RunAsync()
        {
            try
            {
                return await build(log, _closing.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return Stopped(log.Text);
            }
            finally
            {
                // Whoever comes now finds the environment, or tries again.
                lock (_lock)
                    _running.Remove(key);
            }
        }
    }

    private sealed record SharedBuild(BuildLog Log, Task<BuildResult> Result);
}
