namespace Verso.Cli;

/// <summary>The command cannot be carried out as it was given. The message is a sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);
