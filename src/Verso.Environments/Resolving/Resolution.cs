namespace Verso.Environments.Resolving;

/// <summary>What a set of requirements resolved to, kept until its lines or the interpreter change.</summary>
public sealed record Resolution(IReadOnlyList<string> Requirements, DateTimeOffset ResolvedAt, IReadOnlyList<Pin> Pins);
