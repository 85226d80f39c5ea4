using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

public abstract record ResolutionOutcome
{
    public sealed record Resolved(string EnvironmentKey, Resolution Resolution) : ResolutionOutcome;

    public sealed record Failed(string Message, IReadOnlyList<RequirementFault> Faults) : ResolutionOutcome;
}
