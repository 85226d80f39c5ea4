namespace Verso.Environments.Interpreters;

/// <summary>The base interpreter cannot be used. The message says why and which setting names it.</summary>
public sealed class InterpreterException(string message) : Exception(message);
