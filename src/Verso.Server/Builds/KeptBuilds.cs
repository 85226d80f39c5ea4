using Microsoft.EntityFrameworkCore;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds;

/// <summary>What came out of compiles, kept as blobs; and which of it may go again.</summary>
internal sealed class KeptBuilds(ICompileService service, BlobStore blobs, WorkspaceContext context, ProjectLock locks)
{
    /// <summary>Builds of one person, or of all who are not signed in, by kind; what is published stays beside them.</summary>
    private const int MostCompiles = 3;

    private const int MostPublishes = 10;

    /// <returns>Null when the project, or the person's account, was removed for good meanwhile.</returns>
    public async Task<IReadOnlyList<BuildFile>?> KeepAsync(
        CompileTarget target,
        Build build,
        IReadOnlyList<OutputFile> outputs,
        CancellationToken cancellationToken
    )
    {
        var staged = new List<(string Path, StagedBlob Blob)>();
        try
        {
            foreach (var output in outputs)
                if (await StageAsync(target, build.Id, output.Path, cancellationToken) is { } blob)
                    staged.Add((output.Path, blob));
            var files = staged.ConvertAll(file => new BuildFile
            {
                BuildId = build.Id,
                Path = file.Path,
                BlobHash = file.Blob.Hash,
                Size = file.Blob.Size,
            });
            await using var held = await locks.EnterAsync(build.ProjectId, cancellationToken);
            if (!held.IsThere || !await IsPersonThereAsync(build, cancellationToken))
                return null;
            await blobs.PutAsync(context, staged.Select(file => file.Blob), cancellationToken);
            context.Add(build);
            context.AddRange(files);
            await context.SaveChangesAsync(cancellationToken);
            await PruneAsync(build, cancellationToken);
            await held.CommitAsync(cancellationToken);
            return files;
        }
        finally
        {
            foreach (var (_, blob) in staged)
                blob.Dispose();
        }
    }

    private async Task<StagedBlob?> StageAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var output = await service.OpenOutputAsync(target, buildId, path, cancellationToken);
        return output is null ? null : await blobs.StageAsync(output.Content, long.MaxValue, cancellationToken);
    }

    private async Task<bool> IsPersonThereAsync(Build build, CancellationToken cancellationToken) =>
        build.AccountId is null || await context.Users.AnyAsync(a => a.Id == build.AccountId, cancellationToken);

    // The last that came out well stays: readers see it.
    private async Task PruneAsync(Build added, CancellationToken cancellationToken)
    {
        var same = await context
            .Builds.Where(b => b.ProjectId == added.ProjectId && b.Kind == added.Kind)
            .OrderByDescending(b => b.At)
            .Select(b => new
            {
                b.Id,
                b.AccountId,
                HasDocument = b.MainPath != null,
            })
            .ToListAsync(cancellationToken);
        var shown = same.Find(b => b.HasDocument)?.Id;
        var published = await context
            .Publications.Where(p => p.ProjectId == added.ProjectId)
            .Select(p => p.BuildId)
            .FirstOrDefaultAsync(cancellationToken);
        var old =
            added.Kind == BuildKind.Publish
                ? same.Skip(MostPublishes)
                : same.Where(b => b.AccountId == added.AccountId).Skip(MostCompiles);
        string[] going = [.. old.Select(b => b.Id).Where(id => id != shown && id != published)];
        if (going.Length > 0)
            await context.Builds.Where(b => going.Contains(b.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
