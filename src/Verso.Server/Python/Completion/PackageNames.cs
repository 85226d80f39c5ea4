using Verso.Environments;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Server.Python.Requirements;
using Verso.Server.Settings;
using Verso.Server.Sharing;

namespace Verso.Server.Python.Completion;

/// <summary>Names of packages that begin with what somebody types.</summary>
internal sealed class PackageNames(
    ServerSettings settings,
    ProjectRequirements requirements,
    ProjectResolution resolutions
)
{
    private const int Most = 20;

    private readonly WheelhouseModules _wheelhouses = new(settings.PackageIndex.Wheelhouses);
    private readonly ModuleSources _served = ModuleSources.None with { Index = settings.PackageIndex };

    /// <summary>The project's own first, then those of the operator's wheels, then the most popular ones.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(
        string query,
        ProjectAccess access,
        CancellationToken cancellationToken
    )
    {
        var prefix = PackageName.Normalize(query.Trim());
        if (prefix.Length is 0 or > 100)
            return [];
        // What wheelhouses hold is private: it is for those who may install it.
        IEnumerable<string> wheels = access.MayInstall ? _wheelhouses.Packages().Order(StringComparer.Ordinal) : [];
        IEnumerable<string> popular =
            settings.PackageIndex.Upstream.Length > 0 ? PopularPackages.BeginningWith(prefix) : [];
        return
        [
            .. (await OwnAsync(access, cancellationToken))
                .Concat(wheels)
                .Concat(popular)
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Distinct()
                .Where(name => _served.Refusal(name) is null)
                .Take(Most),
        ];
    }

    private async Task<IEnumerable<string>> OwnAsync(ProjectAccess access, CancellationToken cancellationToken)
    {
        var text = (await requirements.ReadAsync(access.Project.Id, cancellationToken)).Text;
        var named = RequirementsFile.Parse(text).Requirements.Select(requirement => requirement.Name);
        var resolved = (await resolutions.ReadAsync(access.Project.Id, cancellationToken))?.Resolution?.Pins ?? [];
        return named.Concat(resolved.Select(pin => PackageName.Normalize(pin.Name))).Order(StringComparer.Ordinal);
    }
}
