using Verso.Environments.Gateway;
using Verso.Environments.Requirements;

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
)
{
    /// <summary>Whether it can be one: others keep it for us, and names of files are made of its hashes.</summary>
    internal bool IsSound =>
        Pins.All(pin => pin is not null && PackageName.IsValid(pin.Name) && Sha256.Normalize(pin.Sha256) == pin.Sha256)
        && Pins.DistinctBy(pin => PackageName.Normalize(pin.Name)).Count() == Pins.Count;
}
