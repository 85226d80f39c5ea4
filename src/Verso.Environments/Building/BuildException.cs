using Verso.Environments.Gateway;

namespace Verso.Environments.Building;

/// <summary>A build that came to no environment. The message is a sentence for the author.</summary>
internal sealed class BuildException(string message) : Exception(message)
{
    /// <summary>
    /// Whether the same may succeed another time though nobody changes anything here: the index was down, the disk full,
    /// the time up. What else fails, such as requirements that contradict each other, fails again.
    /// </summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether what was resolved is not to be had any more, so that resolving anew may help.</summary>
    public bool IsStale { get; init; }

    public static BuildException Of(GatewayException e) => new(e.Message) { IsTransient = e.PassesOver };
}
