using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Verso.Server.Storage.Blobs;

/// <summary>
/// Removes blobs that nothing refers to. The row goes and the file goes while the row's lock is held: whoever puts the
/// same content meanwhile waits for that, and then writes it anew. Foreign keys make removing a referenced row impossible.
/// </summary>
public sealed class BlobCollection(
    BlobStore blobs,
    StorageOptions options,
    WriteTurn turn,
    IServiceScopeFactory scopes,
    TimeProvider time
)
{
    // Contents that are staged wait for others of the same change, and for their turn.
    private static readonly TimeSpan LongestChange = TimeSpan.FromHours(1);

    /// <returns>How many were removed.</returns>
    public async Task<int> CollectAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - options.BlobGrace).ToUnixTimeMilliseconds();
        await AdoptStrayFilesAsync(before, cancellationToken);
        var removed = 0;
        foreach (var hash in await UnreferencedAsync(before, cancellationToken))
            try
            {
                removed += await RemoveAsync(hash, before, cancellationToken) ? 1 : 0;
            }
            catch (DbException e) when (ForeignKeyConflict.Is(e)) { } // something has just come to refer to it
        var forgotten = Math.Min(before, (time.GetUtcNow() - LongestChange).ToUnixTimeMilliseconds());
        foreach (var staged in Directory.EnumerateFiles(blobs.Staging))
            if (IsOld(staged, forgotten))
                File.Delete(staged);
        return removed;
    }

    private async Task<List<string>> UnreferencedAsync(long before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var cutoff = DateTimeOffset.FromUnixTimeMilliseconds(before);
        return await context
            .Blobs.Where(blob =>
                blob.PutAt <= cutoff
                && !context.ProjectFiles.Any(file => file.BlobHash == blob.Hash)
                && !context.BuildFiles.Any(file => file.BlobHash == blob.Hash)
            )
            .Select(blob => blob.Hash)
            .ToListAsync(cancellationToken);
    }

    private async Task<bool> RemoveAsync(string hash, long before, CancellationToken cancellationToken)
    {
        using var mine = await turn.EnterAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var rows = await context.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM "Blobs" WHERE "Hash" = {hash} AND "PutAt" <= {before}
            AND NOT EXISTS (SELECT 1 FROM "ProjectFiles" WHERE "BlobHash" = {hash})
            AND NOT EXISTS (SELECT 1 FROM "BuildFiles" WHERE "BlobHash" = {hash})
            """,
            cancellationToken
        );
        if (rows == 0)
            return false;
        File.Delete(blobs.PathOf(hash));
        // From here on it must end: the file is gone.
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    // Files of changes that were refused, or cut off, after their contents were in place.
    private async Task AdoptStrayFilesAsync(long before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        foreach (var folder in blobs.Folders)
        {
            var found = Directory.EnumerateFiles(folder).Where(file => IsOld(file, before)).ToList();
            var hashes = found.ConvertAll(file => Path.GetFileName(file));
            var known = await context
                .Blobs.Where(blob => hashes.Contains(blob.Hash))
                .Select(blob => blob.Hash)
                .ToHashSetAsync(cancellationToken);
            foreach (var file in found.Where(file => !known.Contains(Path.GetFileName(file))))
            {
                using var mine = await turn.EnterAsync(cancellationToken);
                await context.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO "Blobs" ("Hash", "Size", "PutAt")
                    VALUES ({Path.GetFileName(file)}, {new FileInfo(file).Length}, {before})
                    ON CONFLICT ("Hash") DO NOTHING
                    """,
                    cancellationToken
                );
            }
        }
    }

    private static bool IsOld(string path, long before) =>
        new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds() <= before;
}
