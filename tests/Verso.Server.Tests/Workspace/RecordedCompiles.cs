using System.Collections.Concurrent;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace;

/// <summary>Compiles, and notes which answer of the gate went with each.</summary>
internal sealed class RecordedCompiles(ICompileService inner, ConcurrentQueue<bool> allowed) : ICompileService
{
    public Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        allowed.Enqueue(request.Options!.AllowPythonInstall);
        return inner.CompileAsync(target, request, cancellationToken);
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
