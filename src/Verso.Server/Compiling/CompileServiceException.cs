namespace Verso.Server.Compiling;

/// <summary>A compile service elsewhere did not do as it was told. The message is a sentence for the person.</summary>
internal sealed class CompileServiceException(string message) : Exception(message);
