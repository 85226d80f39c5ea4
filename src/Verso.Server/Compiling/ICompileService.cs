using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling;

/// <summary>Renders projects: in this process, or on other machines.</summary>
public interface ICompileService
{
    /// <summary>Takes a project from its resources to its outputs. What comes of it is in the result's status; cancelling stops the compile.</summary>
    Task<CompileResult> CompileAsync(CompileTarget target, CompileRequest request, CancellationToken cancellationToken);

    /// <summary>What there is of a project's environment, or having it built, apart from any compile.</summary>
    /// <param name="target">Whose does not matter.</param>
    Task<EnvironmentAnswer> EnvironmentAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    );

    /// <summary>Ends the compile under way, if any. Nothing of it runs any more when this has returned.</summary>
    /// <exception cref="CompileServiceException">A service does not do so.</exception>
    Task StopAsync(CompileTarget target, CancellationToken cancellationToken);

    /// <summary>Stops, and removes all that is kept of the target.</summary>
    /// <exception cref="CompileServiceException">A service does not do so.</exception>
    Task ClearAsync(CompileTarget target, CancellationToken cancellationToken);

    /// <param name="path">As the result names it, or <c>output.zip</c> for all of them.</param>
    /// <returns>Null when there is no such build or file (any more).</returns>
    Task<OutputContent?> OpenOutputAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    );

    /// <summary>What the compile under way does, from its beginning to its end; when there is none, of the next one.</summary>
    IAsyncEnumerable<CompileEvent> WatchAsync(CompileTarget target, CancellationToken cancellationToken);
}
