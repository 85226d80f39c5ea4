using Verso.Environments.Gateway;

namespace Verso.Environments.Modules;

/// <summary>What an installation knows of modules besides the tables that come with the program.</summary>
/// <param name="Wheelhouses">What the operator's own wheels bring; null when there are none.</param>
/// <param name="OwnersEnvironments">What environments of the same owner hold; null when nobody knows whose they are.</param>
public sealed record ModuleSources(IModuleSource? Wheelhouses, IModuleSource? OwnersEnvironments)
{
    public static readonly ModuleSources None = new(null, null);

    /// <summary>Where packages come from: what is not served is not proposed.</summary>
    public PackageIndexOptions Index { get; init; } = new();

    /// <returns>Why a package is not to be had here whoever asks for it, in a sentence; null when it may be.</returns>
    /// <param name="package">Normalised.</param>
    public string? Refusal(string package) => new NamePolicy(Index).Refusal(package);
}
