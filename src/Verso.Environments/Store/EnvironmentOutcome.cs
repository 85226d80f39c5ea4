using Verso.Environments.Requirements;

namespace Verso.Environments.Store;

/// <summary>What a project's documents are rendered with, and why.</summary>
/// <param name="Log">What the build printed, or that there was none.</param>
public abstract record EnvironmentOutcome(string Log) : IDisposable
{
    /// <summary>An environment that is not deleted before this is disposed.</summary>
    public sealed record Leased(PythonEnvironment Environment, bool Built, FileLock Lease, string Log)
        : EnvironmentOutcome(Log);

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
