using Microsoft.EntityFrameworkCore;
using Verso.Server.Projects;
using Verso.Server.Storage;

namespace Verso.Server.Python;

/// <summary>A project's files that somebody who may not install was the last to change, and nobody who may has accepted.</summary>
internal sealed class UntrustedFiles(WorkspaceContext context)
{
    /// <param name="version">The project's.</param>
    public Task<List<ProjectFile>> OfAsync(string projectId, int version, CancellationToken cancellationToken) =>
        At(projectId, version).AsNoTracking().OrderBy(file => file.Path).ToListAsync(cancellationToken);

    public Task<List<string>> PathsAsync(string projectId, int version, CancellationToken cancellationToken) =>
        At(projectId, version).OrderBy(file => file.Path).Select(file => file.Path).ToListAsync(cancellationToken);

    private IQueryable<ProjectFile> At(string projectId, int version) =>
        context.ProjectFiles.Where(file =>
            file.ProjectId == projectId
            && file.Since <= version
            && (file.Until == null || file.Until > version)
            && !context.ProjectVersions.Any(v => v.ProjectId == projectId && v.Number == file.Since && v.ByTrusted)
        );
}
