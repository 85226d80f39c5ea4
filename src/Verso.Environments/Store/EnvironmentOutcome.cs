using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>What a project's documents are rendered with, and why.</summary>
/// <param name="Log">What the build printed, or that there was none.</param>
public abstract record EnvironmentOutcome(string Log) : IDisposable
{
    /// <summary>An environment that is not deleted before this is disposed.</summary>
    /// <param name="Resolution">What the project keeps, so that its packages stay what they are.</param>
    public sealed record Leased(
        PythonEnvironment Environment,
        Resolution Resolution,
        bool Built,
        FileLock Lease,
        string Log
    ) : EnvironmentOutcome(Log);

    /// <summary>The base interpreter.</summary>
    /// <param name="Message">A sentence that says why there is no environment.</param>
    public sealed record Base(BaseReason Reason, string Message, IReadOnlyList<RequirementFault> Faults, string Log)
        : EnvironmentOutcome(Log);

    public void Dispose()
    {
        (this as Leased)?.Lease.Dispose();
        GC.SuppressFinalize(this);
    }
}
