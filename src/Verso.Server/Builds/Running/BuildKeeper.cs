using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Verso.Rendering;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds.Running;

/// <summary>Keeps what came out of a build as blobs, so that people see it for longer than the compile service has it.</summary>
internal sealed class BuildKeeper(
    WorkspaceContext context,
    ICompileService service,
    BlobStore blobs,
    WriteTurn turn,
    TimeProvider time
)
{
    private const int Kept = 10;

    public async Task<Build> KeepAsync(
        CompileTarget target,
        Project project,
        Caller caller,
        BuildKind kind,
        CompileResult result,
        CancellationToken cancellationToken
    )
    {
        var staged = new List<(string Path, StagedBlob Content)>();
        try
        {
            foreach (var file in result.OutputFiles)
            {
                await using var output = await service.OpenOutputAsync(
                    target,
                    result.BuildId!,
                    file.Path,
                    cancellationToken
                );
                if (output is not null)
                    staged.Add(
                        (file.Path, (await blobs.StageAsync(output.Content, long.MaxValue, cancellationToken))!)
                    );
            }
            var build = new Build
            {
                Id = result.BuildId!,
                ProjectId = project.Id,
                Kind = kind,
                AccountId = caller.AccountId,
                Version = project.Version,
                At = time.GetUtcNow(),
                MainPath =
                    result.Status == CompileStatus.Success
                        ? result.OutputFiles.FirstOrDefault(file => file.Kind == OutputKind.Document)?.Path
                        : null,
                ResultJson = JsonSerializer.Serialize(
                    result with
                    {
                        OutputFiles = [],
                        Environment = result.Environment is null ? null : result.Environment with { Resolution = null },
                    },
                    ClsiJson.Default.CompileResult
                ),
            };
            using var mine = await turn.EnterAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await blobs.PutAsync(context, staged.Select(file => file.Content), cancellationToken);
            context.Add(build);
            context.AddRange(
                staged.Select(file => new BuildFile
                {
                    BuildId = build.Id,
                    Path = file.Path,
                    BlobHash = file.Content.Hash,
                    Size = file.Content.Size,
                })
            );
            await context.SaveChangesAsync(cancellationToken);
            await RemoveOldAsync(project.Id, kind, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return build;
        }
        finally
        {
            staged.ForEach(file => file.Content.Dispose());
        }
    }

    // The latest stay, and so do the last one that came out well and the one that is public.
    private async Task RemoveOldAsync(string projectId, BuildKind kind, CancellationToken cancellationToken)
    {
        var all = context.Builds.Where(build => build.ProjectId == projectId && build.Kind == kind);
        var latest = await all.OrderByDescending(build => build.At)
            .Select(build => build.Id)
            .Take(Kept)
            .ToListAsync(cancellationToken);
        if (latest.Count < Kept)
            return;
        var good = await all.Where(build => build.MainPath != null)
            .OrderByDescending(build => build.At)
            .Select(build => build.Id)
            .FirstOrDefaultAsync(cancellationToken);
        await all.Where(build =>
                !latest.Contains(build.Id)
                && build.Id != good
                && !context.Publications.Any(publication => publication.BuildId == build.Id)
            )
            .ExecuteDeleteAsync(cancellationToken);
    }
}
