using Verso.Environments.Gateway;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

/// <summary>A package as it was chosen, and the file of the gateway's that holds it.</summary>
/// <param name="Needs">Which of the others it needs, as their metadata spells them.</param>
internal sealed record ResolvedPackage(
    string Name,
    string Version,
    IndexFile File,
    bool Requested,
    IReadOnlyList<string> Needs
)
{
    public static IReadOnlyList<Pin> ToPins(IReadOnlyList<ResolvedPackage> packages, GatewayBuild build) =>
        [
            .. packages
                .Select(package => new Pin(
                    package.Name,
                    package.Version,
                    package.File.Name.FileName,
                    package.File.Sha256!,
                    build.SizeOf(package.File),
                    package.Requested,
                    [
                        .. packages
                            .Where(other => other.Needs.Contains(package.Name))
                            .Select(other => other.Name)
                            .Order(StringComparer.Ordinal),
                    ]
                ))
                .OrderBy(pin => PackageName.Normalize(pin.Name), StringComparer.Ordinal),
        ];
}
