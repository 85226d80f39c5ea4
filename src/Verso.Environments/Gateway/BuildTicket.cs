using Verso.Environments.Requirements;

namespace Verso.Environments.Gateway;

/// <summary>What the gateway has to know of a build.</summary>
/// <param name="RequirementsKey">For the log.</param>
/// <param name="Pins">
/// Name to exact version of what is pinned with <c>==</c>, by the requirements or by a stored resolution: these versions
/// are served even if they have been yanked.
/// </param>
public sealed record BuildTicket(string RequirementsKey, IReadOnlyDictionary<string, string> Pins)
{
    /// <summary>
    /// Whether this build only finds out what there is: it is given stubs of wheels, so that pages promise no hashes. The
    /// wheel's own is in the address.
    /// </summary>
    public bool Resolves { get; init; }

    internal bool IsPinned(DistributionName file) =>
        Pins.Any(pin =>
            PackageName.Normalize(pin.Key) == file.Project
            && PackageVersion.Normalize(pin.Value) == PackageVersion.Normalize(file.Version)
        );
}
