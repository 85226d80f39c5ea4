using Verso.Server.Compiling;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>Compiles that end when the test says so.</summary>
internal sealed class HeldCompiles(ICompileService inner) : ICompileService
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public void End() => _end.SetResult();

    public async Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        _started.TrySetResult();
        await _end.Task.WaitAsync(cancellationToken);
        return await inner.CompileAsync(target, request, cancellationToken);
    }

    public Task<EnvironmentAnswer> EnvironmentAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    ) => inner.EnvironmentAsync(target, wish, cancellationToken);

    public Task StopAsync(CompileTarget target, CancellationToken cancellationToken) =>
        inner.StopAsync(target, cancellationToken);

    public Task ClearAsync(CompileTarget target, CancellationToken cancellationToken) =>
        inner.ClearAsync(target, cancellationToken);

    public Task<OutputContent?> OpenOutputAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    ) => inner.OpenOutputAsync(target, buildId, path, cancellationToken);

    public IAsyncEnumerable<CompileEvent> WatchAsync(CompileTarget target, CancellationToken cancellationToken) =>
        inner.WatchAsync(target, cancellationToken);
}
