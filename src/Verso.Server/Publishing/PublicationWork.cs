using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Builds;
using Verso.Server.Projects;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Publishing;

/// <summary>Which build a project's public page shows: changed in one step, to a build that never changes.</summary>
internal sealed class PublicationWork(
    WorkspaceContext context,
    ProjectLock locks,
    WriteTurn turn,
    AccessRules access,
    AuditLog audit,
    TimeProvider time
)
{
    // No vowels and none that look alike: nobody reads words into it, or mistypes it.
    private const string SlugLetters = "23456789bcdfghjkmnpqrstvwxz";
    private const int SlugLength = 12;

    /// <summary>Shows a build of the project that was made to be published.</summary>
    /// <returns>Null when there is no such build, or the caller may publish no more: rendering took its time.</returns>
    public async Task<Publication?> ShowAsync(
        Caller caller,
        string projectId,
        string buildId,
        string action,
        CancellationToken cancellationToken
    )
    {
        await using var held = await locks.EnterAsync(projectId, cancellationToken);
        var now = await access.OfAsync(caller, projectId, cancellationToken);
        if (now is not { MayRead: true, MayPublish: true, Project.DeletedAt: null })
            return null;
        var isThere = await context.Builds.AnyAsync(
            b => b.Id == buildId && b.ProjectId == projectId && b.Kind == BuildKind.Publish && b.MainPath != null,
            cancellationToken
        );
        if (!isThere)
            return null;
        var publication = await context.Publications.FirstOrDefaultAsync(
            p => p.ProjectId == projectId,
            cancellationToken
        );
        if (publication is null)
            context.Add(
                publication = new Publication
                {
                    ProjectId = projectId,
                    Slug = RandomNumberGenerator.GetString(SlugLetters, SlugLength),
                    BuildId = buildId,
                    PublishedAt = time.GetUtcNow(),
                }
            );
        (publication.BuildId, publication.PublishedAt) = (buildId, time.GetUtcNow());
        publication.PublishedById = caller.AccountId;
        audit.Add(caller, action, projectId, $"{publication.Slug}: {buildId}");
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return publication;
    }

    /// <returns>False when nothing is published.</returns>
    public async Task<bool> TakeDownAsync(
        Caller caller,
        IQueryable<Publication> which,
        string action,
        CancellationToken cancellationToken
    )
    {
        using var mine = await turn.EnterAsync(cancellationToken);
        if (await which.FirstOrDefaultAsync(cancellationToken) is not { } publication)
            return false;
        context.Remove(publication);
        audit.Add(caller, action, publication.ProjectId, publication.Slug);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
