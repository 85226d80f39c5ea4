using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>Compiles that end when the test says so.</summary>
internal sealed class HeldCompiles(ICompileService inner) : PassedOnCompiles(inner)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public void End() => _end.SetResult();

    public override async Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        _started.TrySetResult();
        await _end.Task.WaitAsync(cancellationToken);
        return await base.CompileAsync(target, request, cancellationToken);
    }
}
