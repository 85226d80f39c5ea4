using System.Text.RegularExpressions;
using Verso.Environments.Building;
using Verso.Environments.Gateway;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Resolving;

/// <summary>Finds out which wheels requirements come to: by itself where that is plain, else pip decides.</summary>
internal sealed partial class Resolver(
    PackageGateway gateway,
    PackageIndexOptions index,
    StoreLayout layout,
    Sandbox sandbox
)
{
    private readonly PipResolver _pip = new(gateway, index, layout, sandbox);

    /// <exception cref="BuildException">Nothing satisfies the requirements, or it could not be found out.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    /// <exception cref="IOException">The store cannot be used.</exception>
    public async Task<IReadOnlyList<Pin>> ResolveAsync(
        RequirementsIdentity wanted,
        IProgress<string> log,
        CancellationToken cancellationToken
    )
    {
        sandbox.Prepare();
        using var build = gateway.OpenBuild(Ticket(wanted));
        try
        {
            if (await PlainResolver.TryResolveAsync(wanted, build, cancellationToken) is not { } plain)
                return ResolvedPackage.ToPins(await _pip.ResolveAsync(wanted, build, log, cancellationToken), build);
            var pins = ResolvedPackage.ToPins(plain, build);
            log.Report($"Resolved to {string.Join(", ", pins.Select(pin => $"{pin.Name} {pin.Version}"))}.");
            return pins;
        }
        catch (GatewayException e)
        {
            build.Refuse(e.Message, e.PassesOver);
            throw BuildException.Of(e);
        }
        finally
        {
            foreach (var remark in build.Remarks)
                log.Report(remark);
        }
    }

    internal static BuildTicket Ticket(RequirementsIdentity wanted) =>
        new(wanted.RequirementsKey, ExactVersions(wanted.Lines)) { Resolves = true };

    private static Dictionary<string, string> ExactVersions(IEnumerable<string> lines) =>
        lines
            .Select(line => ExactVersion().Match(line))
            .Where(match => match.Success)
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["version"].Value);

    [GeneratedRegex(@"^(?<name>[a-z0-9-]+)(?:\[[^\]]*\])?==(?<version>[^,*;\s]+)(?:\s*;.*)?$")]
    private static partial Regex ExactVersion();
}
