namespace Verso.Environments.Building;

/// <summary>A build that came to no environment. The message is a sentence for the author.</summary>
internal sealed class BuildException(string message) : Exception(message);
