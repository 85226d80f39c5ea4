using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>Says that an environment is complete, and what it holds. Written last, deleted first.</summary>
public sealed record EnvironmentRecord(
    string Key,
    DateTimeOffset BuiltAt,
    double BuildSeconds,
    string Interpreter,
    string InterpreterVersion,
    IReadOnlyList<string> Requirements,
    IReadOnlyList<Pin> Packages
);
