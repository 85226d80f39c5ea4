namespace Verso.Environments.Resolving;

/// <summary>What a set of requirements resolved to. A project keeps its own until its lines or the interpreter change.</summary>
/// <param name="RequirementsKey">Of the requirements, interpreter and settings that it holds for.</param>
/// <param name="Warnings">What a check of the installed packages found; null as long as none has been made.</param>
public sealed record Resolution(
    string RequirementsKey,
    IReadOnlyList<string> Requirements,
    DateTimeOffset ResolvedAt,
    IReadOnlyList<Pin> Pins,
    IReadOnlyList<string>? Warnings
);
