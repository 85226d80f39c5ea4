using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects.Changes;

/// <summary>
/// The one way in which a project's files change. What the author may do is asked inside the transaction that changes
/// them, and <c>requirements.vrf</c> is guarded here and nowhere else. Every change is a version.
/// </summary>
public sealed class ProjectChanges(
    WorkspaceContext context,
    AccessRules access,
    BlobStore blobs,
    WriteTurn turn,
    ProjectsOptions options,
    TimeProvider time
)
{
    public const string RequirementsRefusal =
        "requirements.vrf says what is installed, so only the owner and people whom the owner invited may change it.";

    public async Task<ChangeOutcome> CommitAsync(
        Caller author,
        string projectId,
        ChangeSet changes,
        CancellationToken cancellationToken
    )
    {
        using var mine = await turn.EnterAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var outcome = await ApplyAsync(author, projectId, changes, cancellationToken);
        if (outcome is ChangeOutcome.Committed)
            await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    /// <summary>The same inside a transaction of the caller's, which it commits only if this is committed.</summary>
    internal async Task<ChangeOutcome> ApplyAsync(
        Caller author,
        string projectId,
        ChangeSet changes,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        // Locks the project's row, so that one change comes after the other.
        var locked = await context
            .Projects.Where(p => p.Id == projectId && p.DeletedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Version, p => p.Version + 1).SetProperty(p => p.ChangedAt, now),
                cancellationToken
            );
        context.ChangeTracker.Clear();
        if (await access.OfAsync(author, projectId, cancellationToken) is not { MayRead: true } allowed)
            return new ChangeOutcome.NotFound("There is no such project.");
        if (!allowed.MayEdit || !author.May(TokenScopes.Write))
            return new ChangeOutcome.Forbidden("You may read this project, but not change it.");
        if (locked == 0 || allowed.Project.DeletedAt is not null)
            return new ChangeOutcome.Refused("The project is deleted; bring it back first.");

        if (!allowed.MayInstall && changes.Changes.Any(change => change is FileChange.Accept))
            return new ChangeOutcome.Forbidden("Only people who may install packages can accept what others wrote.");

        var current = await context
            .ProjectFiles.Where(file => file.ProjectId == projectId && file.Until == null)
            .ToListAsync(cancellationToken);
        var plan = new ChangePlan(current);
        if (plan.Apply(changes) is { } fault)
            return fault;
        var kept = false;
        if (plan.TouchesRequirements && !allowed.MayEditRequirements)
        {
            if (!changes.MayKeepRequirements)
                return new ChangeOutcome.Forbidden(RequirementsRefusal);
            plan.KeepRequirements();
            kept = true;
        }
        var before = allowed.Project.Version - 1;
        if (plan.IsEmpty)
            return await NothingChangedAsync(projectId, before, kept, cancellationToken);
        if ((plan.Fault(options) ?? await HistoryFaultAsync(projectId, plan, cancellationToken)) is { } limit)
            return new ChangeOutcome.Refused(limit);

        await blobs.PutAsync(context, plan.NewContents, cancellationToken);
        plan.Record(context, projectId, allowed.Project.Version);
        context.Add(
            new ProjectVersion
            {
                ProjectId = projectId,
                Number = allowed.Project.Version,
                At = now,
                AccountId = author.AccountId,
                ByTrusted = allowed.MayInstall,
                Summary = Shortened.To(ProjectVersion.MostOfSummary, changes.Summary),
            }
        );
        if (!await SaveAsync(plan, cancellationToken))
            return new ChangeOutcome.NotFound("Files of it are not there any more.");
        return new ChangeOutcome.Committed(allowed.Project.Version, kept);
    }

    /// <returns>False when contents of other versions are gone, which nothing has kept since they were looked up.</returns>
    private async Task<bool> SaveAsync(ChangePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e)
            when (e.InnerException is DbException fault && ForeignKeyConflict.Is(fault) && plan.ReusedContents.Any())
        {
            return false;
        }
        // From here on nobody removes them any more; a collection that was killed midway may have.
        return plan.ReusedContents.All(blobs.Has);
    }

    // Each content counts once, however many versions have it: what is there already can always be brought back.
    private async Task<string?> HistoryFaultAsync(
        string projectId,
        ChangePlan plan,
        CancellationToken cancellationToken
    )
    {
        var files = context.ProjectFiles.Where(file => file.ProjectId == projectId);
        var contents = plan.Contents;
        var known = await files
            .Where(file => contents.Keys.Contains(file.BlobHash))
            .Select(file => file.BlobHash)
            .ToHashSetAsync(cancellationToken);
        var added = contents.Where(content => !known.Contains(content.Key)).Sum(content => content.Value);
        if (added == 0)
            return null;
        var kept = await files
            .Select(file => new { file.BlobHash, file.Size })
            .Distinct()
            .SumAsync(file => file.Size, cancellationToken);
        return kept + added > options.MaxHistoryBytes
            ? $"All versions of the project together would have more than {options.MaxHistoryMiB} MiB; copy the project, and go on in the copy."
            : null;
    }

    private async Task<ChangeOutcome> NothingChangedAsync(
        string projectId,
        int version,
        bool kept,
        CancellationToken cancellationToken
    )
    {
        await context
            .Projects.Where(p => p.Id == projectId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, version), cancellationToken);
        return new ChangeOutcome.Committed(version, kept);
    }
}
