using Microsoft.EntityFrameworkCore;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds.Running;

/// <summary>A project's files as the compile service takes them.</summary>
internal sealed class ProjectResources(WorkspaceContext context, BlobStore blobs)
{
    public async Task<IReadOnlyList<Resource>> OfAsync(string projectId, CancellationToken cancellationToken)
    {
        var files = await context
            .ProjectFiles.AsNoTracking()
            .Where(file => file.ProjectId == projectId && file.Until == null)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
        return
        [
            .. files.Select(file => new Resource(file.Path, Hash: file.BlobHash)
            {
                LocalPath = blobs.PathOf(file.BlobHash),
            }),
        ];
    }
}
