namespace Verso.Environments.Gateway;

/// <summary>Lets everybody in this process who needs the same file wait for one download.</summary>
internal sealed class SharedDownloads
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Download> _running = [];

    /// <summary>Waits for the download under way, or begins one. It is cancelled once nobody waits for it any more.</summary>
    /// <returns>Whether this caller began it, and how it went, so that a caller may judge another's failure.</returns>
    public async Task<(bool Began, Task Result)> JoinAsync(
        string sha256,
        Func<CancellationToken, Task> download,
        CancellationToken cancellationToken
    )
    {
        Download? shared;
        bool began;
        lock (_lock)
        {
            began = !_running.TryGetValue(sha256, out shared);
            if (shared is null)
                _running[sha256] = shared = new Download(download);
            shared.Waiting++;
        }
        try
        {
            await Task.WhenAny(shared.Result).WaitAsync(cancellationToken);
            return (began, shared.Result);
        }
        finally
        {
            await LeaveAsync(sha256, shared);
        }
    }

    private async Task LeaveAsync(string sha256, Download shared)
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --shared.Waiting == 0;
            // Whoever comes now finds the file, or starts afresh.
            if ((isLast || shared.Result.IsCompleted) && _running.GetValueOrDefault(sha256) == shared)
                _running.Remove(sha256);
        }
        if (!isLast)
            return;
        await shared.Abandoned.CancelAsync();
        await Task.WhenAny(shared.Result);
        shared.Abandoned.Dispose();
    }

    private sealed class Download
    {
        public Download(Func<CancellationToken, Task> download) => Result = Task.Run(() => download(Abandoned.Token));

        public CancellationTokenSource Abandoned { get; } = new();

        public Task Result { get; }

        public int Waiting { get; set; }
    }
}
