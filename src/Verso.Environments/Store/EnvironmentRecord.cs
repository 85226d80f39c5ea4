using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>Says that an environment is complete, and what it holds. Written last, deleted first.</summary>
/// <param name="CacheTag">Of the wheels in the store that it is linked from.</param>
/// <param name="Bytes">Of all its files.</param>
/// <param name="Own">What it takes up besides its wheels.</param>
/// <param name="Warnings">What was noticed when it was checked.</param>
public sealed record EnvironmentRecord(
    string Key,
    DateTimeOffset BuiltAt,
    double BuildSeconds,
    string Interpreter,
    string InterpreterVersion,
    IReadOnlyList<string> Requirements,
    string CacheTag,
    IReadOnlyList<Pin> Packages,
    long Bytes,
    DiskSpace Own,
    IReadOnlyList<string> Warnings
);
