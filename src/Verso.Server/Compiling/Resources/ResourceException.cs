namespace Verso.Server.Compiling.Resources;

/// <summary>A resource cannot be had. The message says why, after "The file '…' could not be downloaded:".</summary>
internal sealed class ResourceException(string message, Exception? inner = null) : Exception(message, inner);
