using Microsoft.EntityFrameworkCore;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Python.Requirements;
using Verso.Server.Settings;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Python.Installing;

/// <summary>
/// The environment of a project: what there is of it, and having it built. Where other machines compile, they have the
/// environments too, and build them when they render.
/// </summary>
/// <param name="stores">The one of this process, if it compiles.</param>
internal sealed class ProjectEnvironment(
    IEnumerable<EnvironmentStore> stores,
    ProjectRequirements requirements,
    ProjectResolution resolutions,
    AuditLog audit,
    WorkspaceContext context,
    ServerSettings settings
)
{
    private readonly EnvironmentStore? _store = stores.FirstOrDefault();

    /// <summary>Nothing is resolved or built for it.</summary>
    public async Task<Packages> LookAsync(Caller caller, ProjectAccess access, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var file = RequirementsFile.Parse(current.Text);
        var reason = InstallRefusal.Of(caller, access);
        var seen = new Packages(
            current.Text,
            current.Hash,
            access.MayInstall,
            reason,
            PackagesState.Missing,
            null,
            null,
            file.Faults
        );
        if (!settings.Environments.Enabled)
            return seen with { State = PackagesState.Disabled, Reason = "This server installs no packages." };
        if (file is { Requirements.Count: 0, Faults.Count: 0 })
            return seen with { State = PackagesState.None };
        if (reason is not null)
            return seen with { State = PackagesState.NotAllowed, Reason = reason };
        if (file.Faults.Count > 0)
            return seen with { State = PackagesState.Failed, Reason = file.Faults[0].ToString() };
        var stored = await resolutions.ReadAsync(access.Project.Id, cancellationToken);
        if (_store is null)
            return seen with { Reason = "The packages are installed when the project is rendered next." };
        using var folder = new ProjectFolder(current.Text);
        var request = await RequestAsync(access, folder, stored, cancellationToken);
        return PackagesSight.Add(seen, await _store.LookAsync(request, cancellationToken));
    }

    /// <summary>Has the environment built if there is none, and waits for that a while; the build goes on without.</summary>
    public async Task BuildAsync(Caller caller, ProjectAccess access, bool retry, CancellationToken cancellationToken)
    {
        if (_store is null)
            return;
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var stored = await resolutions.ReadAsync(access.Project.Id, cancellationToken);
        using var folder = new ProjectFolder(current.Text);
        var request = await RequestAsync(access, folder, stored, cancellationToken);
        using var outcome = await _store.AcquireAsync(request with { Retry = retry }, null, cancellationToken);
        if (outcome is not EnvironmentOutcome.Leased leased)
            return;
        await resolutions.KeepAsync(access.Project.Id, leased.Resolution, unless: stored, cancellationToken);
        if (!leased.Built)
            return;
        audit.Add(caller, "python.installed", access.Project.Id, InstalledPackages.Line(leased.Resolution));
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Resolves anew, to what the index has now, for this project alone.</summary>
    /// <returns>Why it cannot be resolved; null when it is.</returns>
    public async Task<string?> RefreshAsync(ProjectAccess access, CancellationToken cancellationToken)
    {
        if (_store is null)
            return "Other machines compile here; change a version to have the packages resolved anew.";
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var stored = await resolutions.ReadAsync(access.Project.Id, cancellationToken);
        using var folder = new ProjectFolder(current.Text);
        var request = await RequestAsync(access, folder, stored, cancellationToken);
        var outcome = await _store.ResolveAsync(request, refresh: true, null, cancellationToken);
        if (outcome is ResolutionOutcome.Resolved resolved)
            await resolutions.KeepAsync(access.Project.Id, resolved.Resolution, unless: stored, cancellationToken);
        return (outcome as ResolutionOutcome.Failed)?.Message;
    }

    /// <returns>The requirements with exact versions; null when these are not known yet.</returns>
    public async Task<string?> PinnedAsync(ProjectAccess access, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var file = RequirementsFile.Parse(current.Text);
        var stored = await resolutions.ReadAsync(access.Project.Id, cancellationToken);
        if (_store is null || file.Faults.Count > 0 || stored?.Resolution is not { } resolution)
            return null;
        if (!resolution.Requirements.SequenceEqual(file.NormalizedLines))
            return null; // of what the lines were before
        var interpreter = await _store.InspectBaseAsync(cancellationToken);
        return PinnedRequirements.Write(file, resolution.Pins, interpreter.Packages);
    }

    private async Task<EnvironmentRequest> RequestAsync(
        ProjectAccess access,
        ProjectFolder folder,
        ProjectResolution.Stored? stored,
        CancellationToken cancellationToken
    ) =>
        new(folder.Path, access.MayInstall)
        {
            Owner = await context
                .Memberships.Where(m => m.ProjectId == access.Project.Id && m.Source == MembershipSource.Owner)
                .Select(m => m.AccountId)
                .SingleAsync(cancellationToken),
            Resolution = stored?.Resolution,
        };
}
