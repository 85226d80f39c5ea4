using Microsoft.EntityFrameworkCore;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds;

/// <summary>A version's files, as the compile service takes them.</summary>
internal sealed class ProjectFiles(WorkspaceContext context, BlobStore blobs)
{
    public async Task<IReadOnlyList<Resource>> OfAsync(
        string projectId,
        int version,
        CancellationToken cancellationToken
    )
    {
        var files = await context
            .ProjectFiles.Where(file =>
                file.ProjectId == projectId && file.Since <= version && (file.Until == null || file.Until > version)
            )
            .Select(file => new { file.Path, file.BlobHash })
            .ToListAsync(cancellationToken);
        return files.ConvertAll(file => new Resource(file.Path, Hash: file.BlobHash)
        {
            LocalPath = blobs.PathOf(file.BlobHash),
        });
    }
}
