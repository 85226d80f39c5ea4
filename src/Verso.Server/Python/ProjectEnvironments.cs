using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Python;

/// <summary>What a project keeps of its resolution, and having its environment built outside a compile.</summary>
internal sealed class ProjectEnvironments(WorkspaceContext context, IServiceProvider services, AuditLog audit)
{
    /// <summary>Null where compiling is done on other machines, which have the environments.</summary>
    public EnvironmentStore? Store { get; } = services.GetService<EnvironmentStore>();

    public async Task<Resolution?> ResolutionAsync(string projectId, CancellationToken cancellationToken)
    {
        var stored = await context
            .Resolutions.AsNoTracking()
            .FirstOrDefaultAsync(r => r.ProjectId == projectId, cancellationToken);
        return stored is null ? null : JsonSerializer.Deserialize<Resolution>(stored.Json, JsonSerializerOptions.Web);
    }

    public Task<string?> OwnerAsync(string projectId, CancellationToken cancellationToken) =>
        context
            .Memberships.Where(m => m.ProjectId == projectId && m.Source == MembershipSource.Owner)
            .Select(m => m.AccountId)
            .FirstOrDefaultAsync(cancellationToken);

    /// <param name="installed">What was newly installed for it goes into the audit log.</param>
    public async Task KeepAsync(
        string projectId,
        Caller caller,
        Resolution resolution,
        bool installed,
        CancellationToken cancellationToken
    )
    {
        var stored = await context.Resolutions.FindAsync([projectId], cancellationToken);
        if (stored is null)
            context.Add(
                stored = new StoredResolution
                {
                    ProjectId = projectId,
                    Json = "",
                    ResolvedAt = resolution.ResolvedAt,
                }
            );
        stored.Json = JsonSerializer.Serialize(resolution, JsonSerializerOptions.Web);
        stored.ResolvedAt = resolution.ResolvedAt;
        if (installed)
            audit.Add(
                caller,
                "python.installed",
                projectId,
                string.Join(", ", resolution.Pins.Select(pin => $"{pin.Name} {pin.Version}"))
            );
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Resolves anew, or not, and builds what is not there yet.</summary>
    /// <returns>Why there is no environment, in a sentence; null when there is one.</returns>
    public async Task<string?> BuildAsync(
        string projectId,
        Caller caller,
        string requirements,
        bool refresh,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("verso-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, RequirementsFile.Name),
                requirements,
                cancellationToken
            );
            var request = new EnvironmentRequest(folder.FullName, AllowInstall: true)
            {
                Owner = await OwnerAsync(projectId, cancellationToken) ?? "",
                Resolution = await ResolutionAsync(projectId, cancellationToken),
                Retry = true,
            };
            if (refresh)
            {
                if (
                    await Store!.ResolveAsync(request, refresh, null, cancellationToken)
                    is not ResolutionOutcome.Resolved resolved
                )
                    return "The packages cannot be resolved; a compile's log says why.";
                await KeepAsync(projectId, caller, resolved.Resolution, installed: false, cancellationToken);
                request = request with { Resolution = resolved.Resolution };
            }
            using var outcome = await Store!.AcquireAsync(request, null, cancellationToken);
            if (outcome is not EnvironmentOutcome.Leased leased)
                return ((EnvironmentOutcome.Base)outcome).Message;
            await KeepAsync(projectId, caller, leased.Resolution, leased.Built, cancellationToken);
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
