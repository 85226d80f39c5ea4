using Verso.Server.Compiling;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Tests.Workspace;

/// <summary>Another's compiles, for tests that come between.</summary>
internal abstract class PassedOnCompiles(ICompileService inner) : ICompileService
{
    public virtual Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    ) => inner.CompileAsync(target, request, cancellationToken);

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
