using Microsoft.EntityFrameworkCore;
using Verso.Environments.Requirements;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Projects.Changes;
using Verso.Server.Python.Requirements;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Python.Installing;

/// <summary>The environment of a project, where the project is compiled: what there is of it, and having it built.</summary>
internal sealed class ProjectEnvironment(
    ICompileService service,
    ProjectRequirements requirements,
    ProjectResolution resolutions,
    UntrustedFiles untrusted,
    ProjectChanges changes,
    AuditLog audit,
    WorkspaceContext context
)
{
    /// <summary>Nothing is resolved or built for it.</summary>
    public async Task<Packages> LookAsync(Caller caller, ProjectAccess access, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var others = await untrusted.PathsAsync(access.Project.Id, access.Project.Version, cancellationToken);
        var (answer, _) = await AskAsync(EnvironmentWork.Look, access, current.Text, cancellationToken, others);
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
        return !answer.IsEnabled
                ? seen with
                {
                    State = PackagesState.Disabled,
                    Reason = "This server installs no packages.",
                }
            : file is { Requirements.Count: 0, Faults.Count: 0 } ? seen with { State = PackagesState.None }
            : reason is not null ? seen with { State = PackagesState.NotAllowed, Reason = reason }
            : file.Faults.Count > 0 ? seen with { State = PackagesState.Failed, Reason = file.Faults[0].ToString() }
            : answer.Sight is not { } sight ? seen with { State = PackagesState.Failed, Reason = answer.Fault }
            : PackagesSight.Add(seen with { Unaccepted = sight.TextRefusal is null ? [] : others }, sight);
    }

    /// <summary>Has the environment built if there is none, and waits for that a while; the build goes on without.</summary>
    public async Task BuildAsync(Caller caller, ProjectAccess access, bool retry, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var work = retry ? EnvironmentWork.Retry : EnvironmentWork.Build;
        var (answer, stored) = await AskAsync(work, access, current.Text, cancellationToken);
        if (answer.Resolution is not { } resolution)
            return;
        await resolutions.KeepAsync(access.Project.Id, resolution, unless: stored, cancellationToken);
        if (!answer.Built)
            return;
        audit.Add(caller, "python.installed", access.Project.Id, InstalledPackages.Line(resolution));
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Resolves anew, to what the index has now, for this project alone.</summary>
    /// <returns>Why it cannot be resolved; null when it is.</returns>
    public async Task<string?> RefreshAsync(ProjectAccess access, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var (answer, stored) = await AskAsync(EnvironmentWork.Refresh, access, current.Text, cancellationToken);
        if (answer.Resolution is { } resolution)
            await resolutions.KeepAsync(access.Project.Id, resolution, unless: stored, cancellationToken);
        return answer.Fault;
    }

    /// <summary>Takes what others wrote for the caller's own, as far as it is still what it was in that version.</summary>
    public async Task<ChangeOutcome> AcceptAsync(
        Caller caller,
        ProjectAccess access,
        int version,
        CancellationToken cancellationToken
    )
    {
        var files = await untrusted.OfAsync(access.Project.Id, version, cancellationToken);
        var set = new ChangeSet(
            "Accepted what others wrote, to run beside packages",
            files.ConvertAll<FileChange>(file => new FileChange.Accept(file.Path, file.BlobHash))
        );
        var outcome = await changes.CommitAsync(caller, access.Project.Id, set, cancellationToken);
        if (outcome is ChangeOutcome.Committed && files.Count > 0)
        {
            audit.Add(caller, "python.accepted", access.Project.Id, $"{files.Count} files of version {version}");
            await context.SaveChangesAsync(cancellationToken);
        }
        return outcome;
    }

    /// <returns>The requirements with exact versions; null when these are not known yet.</returns>
    public async Task<string?> PinnedAsync(ProjectAccess access, CancellationToken cancellationToken)
    {
        var current = await requirements.ReadAsync(access.Project.Id, cancellationToken);
        var (answer, _) = await AskAsync(EnvironmentWork.Look, access, current.Text, cancellationToken);
        return answer.Pinned;
    }

    private async Task<(EnvironmentAnswer Answer, ProjectResolution.Stored? Stored)> AskAsync(
        EnvironmentWork work,
        ProjectAccess access,
        string text,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? others = null
    )
    {
        var project = access.Project.Id;
        var stored = await resolutions.ReadAsync(project, cancellationToken);
        var owner = await context
            .Memberships.Where(m => m.ProjectId == project && m.Source == MembershipSource.Owner)
            .Select(m => m.AccountId)
            .SingleAsync(cancellationToken);
        var wish = new EnvironmentWish(work, text, access.MayInstall, owner, stored?.Resolution, others);
        return (await service.EnvironmentAsync(CompileTarget.Of(project, null), wish, cancellationToken), stored);
    }
}
