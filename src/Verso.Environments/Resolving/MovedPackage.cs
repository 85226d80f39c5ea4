using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

/// <param name="From">Null when the package is new.</param>
/// <param name="To">Null when it is not needed any more.</param>
public sealed record MovedPackage(string Name, string? From, string? To)
{
    /// <returns>What differs, by name.</returns>
    public static IReadOnlyList<MovedPackage> Between(IReadOnlyList<Pin> before, IReadOnlyList<Pin> after)
    {
        var (old, current) = (ByName(before), ByName(after));
        return
        [
            .. from name in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal)
            let pair = (From: old.GetValueOrDefault(name), To: current.GetValueOrDefault(name))
            // The same version may have been published anew, with other content.
            where pair.From?.Sha256 != pair.To?.Sha256
            select new MovedPackage((pair.To ?? pair.From)!.Name, pair.From?.Version, pair.To?.Version),
        ];
    }

    private static Dictionary<string, Pin> ByName(IReadOnlyList<Pin> pins) =>
        pins.ToDictionary(pin => PackageName.Normalize(pin.Name));
}
