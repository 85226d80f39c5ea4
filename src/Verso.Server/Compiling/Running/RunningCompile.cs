namespace Verso.Server.Compiling.Running;

/// <summary>The lock of a target, and the way to have it given up.</summary>
internal sealed class RunningCompile(Action<RunningCompile> end) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when somebody wants it stopped.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <returns>Done when the target is free.</returns>
    public async Task StopAsync()
    {
        try
        {
            await _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
        await _ended.Task;
    }

    public void Dispose()
    {
        end(this);
        _ended.TrySetResult();
        _stop.Dispose();
    }
}
