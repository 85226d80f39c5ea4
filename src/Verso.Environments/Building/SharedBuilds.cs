namespace Verso.Environments.Building;

/// <summary>Lets everybody in this process who needs the same environment wait for one build, and see its log live.</summary>
internal sealed class SharedBuilds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedBuild> _running = [];

    /// <returns>The build's result, and whether this caller began it.</returns>
    /// <remarks>The build is cancelled once nobody waits for it any more.</remarks>
    public async Task<(BuildResult Result, bool Began)> JoinAsync(
        string key,
        Func<BuildLog, CancellationToken, Task<BuildResult>> build,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        SharedBuild? shared;
        bool began;
        lock (_lock)
        {
            began = !_running.TryGetValue(key, out shared);
            if (shared is null)
                _running[key] = shared = new SharedBuild(build);
            shared.Waiting++;
        }
        if (progress is not null)
            shared.Log.Subscribe(progress);
        try
        {
            return (await shared.Result.WaitAsync(cancellationToken), began);
        }
        finally
        {
            if (progress is not null)
                shared.Log.Unsubscribe(progress);
            if (IsLastToLeave(key, shared))
            {
                await shared.AbandonAsync();
                shared.Dispose();
            }
        }
    }

    private bool IsLastToLeave(string key, SharedBuild shared)
    {
        lock (_lock)
        {
            if (--shared.Waiting > 0)
                return false;
            _running.Remove(key);
            return true;
        }
    }

    private sealed class SharedBuild : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();

        public SharedBuild(Func<BuildLog, CancellationToken, Task<BuildResult>> build) =>
            Result = Task.Run(() => build(Log, _abandoned.Token));

        public BuildLog Log { get; } = new();

        public Task<BuildResult> Result { get; }

        public int Waiting { get; set; }

        /// <summary>Ends the build if it still runs, and waits until it has cleaned up after itself.</summary>
        public async Task AbandonAsync()
        {
            await _abandoned.CancelAsync();
            await Task.WhenAny(Result);
        }

        public void Dispose() => _abandoned.Dispose();
    }
}
