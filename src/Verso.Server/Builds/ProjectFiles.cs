using Microsoft.EntityFrameworkCore;
using Verso.Server.Builds.Sources;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds;

/// <summary>A version's files, as the compile service takes them: from the disk, or by URL where it is on another machine.</summary>
internal sealed class ProjectFiles(WorkspaceContext context, BlobStore blobs, SourceAddress addresses)
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
        var beginning = addresses.Of(projectId);
        return files.ConvertAll(file => new Resource(
            file.Path,
            Url: beginning is null ? null : beginning + file.BlobHash,
            Hash: file.BlobHash
        )
        {
            LocalPath = blobs.PathOf(file.BlobHash),
        });
    }
}
