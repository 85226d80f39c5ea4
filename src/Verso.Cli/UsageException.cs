using Verso.Cli.Terminal;

namespace Verso.Cli;

/// <summary>The command cannot be carried out as it was given. The message is a sentence.</summary>
internal sealed class UsageException(string message, IReadOnlyList<Fault>? faults = null) : Exception(message)
{
    /// <summary>The single faults, where there may be several.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults ?? [];
}
