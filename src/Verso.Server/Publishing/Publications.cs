using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Builds;
using Verso.Server.Storage;

namespace Verso.Server.Publishing;

/// <summary>Which build of a project is public.</summary>
internal sealed class Publications(WorkspaceContext context, AuditLog audit, TimeProvider time)
{
    /// <summary>The build takes the place of the one that was public, in one step.</summary>
    public async Task<Publication> ShowAsync(
        Build build,
        Caller caller,
        string action,
        CancellationToken cancellationToken
    )
    {
        var publication = await context.Publications.FindAsync([build.ProjectId], cancellationToken);
        if (publication is null)
            context.Add(
                publication = new Publication
                {
                    ProjectId = build.ProjectId,
                    Slug = NewId.Create()[..12],
                    BuildId = build.Id,
                    PublishedAt = time.GetUtcNow(),
                }
            );
        publication.BuildId = build.Id;
        publication.PublishedAt = time.GetUtcNow();
        publication.PublishedById = caller.AccountId;
        audit.Add(caller, action, build.ProjectId, $"{publication.Slug}: {build.Id}");
        await context.SaveChangesAsync(cancellationToken);
        return publication;
    }

    public async Task<bool> TakeDownAsync(
        IQueryable<Publication> which,
        Caller caller,
        string action,
        CancellationToken cancellationToken
    )
    {
        if (await which.FirstOrDefaultAsync(cancellationToken) is not { } publication)
            return false;
        context.Remove(publication);
        audit.Add(caller, action, publication.ProjectId, publication.Slug);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
