using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Verso.Server.Storage.Blobs;

/// <summary>
/// Contents of files, each under its SHA-256: <c>blobs/v1/ab/abcdef…</c>, and <c>blobs/v1/staging</c> for those under way.
/// A row of <see cref="WorkspaceContext.Blobs"/> stands for each; who puts or removes one holds its row's lock meanwhile.
/// </summary>
public sealed class BlobStore
{
    private readonly string _root;
    private readonly TimeProvider _time;

    public BlobStore(StorageOptions options, TimeProvider time)
    {
        (_root, _time) = (Path.Combine(options.Directory, "blobs", "v1"), time);
        options.CreateDirectory();
        Directory.CreateDirectory(Staging);
    }

    internal string Staging => Path.Combine(_root, "staging");

    internal IEnumerable<string> Folders =>
        Directory.EnumerateDirectories(_root).Where(folder => Path.GetFileName(folder).Length == 2);

    /// <summary>Writes the content down, flushed to the disk, without putting it yet.</summary>
    /// <returns>Null when there is more of it than allowed.</returns>
    public async Task<StagedBlob?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = NewStagingPath();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            var sample = new TextSample();
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                var buffer = new byte[81920];
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; )
                {
                    size += read;
                    if (size > maxBytes)
                    {
                        File.Delete(path);
                        return null;
                    }
                    hash.AppendData(buffer, 0, read);
                    sample.Add(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
                file.Flush(flushToDisk: true);
            }
            return new StagedBlob(path, Convert.ToHexStringLower(hash.GetHashAndReset()), size, sample.IsText);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public async Task<StagedBlob> StageAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        (await StageAsync(new MemoryStream(content.ToArray()), long.MaxValue, cancellationToken))!;

    /// <summary>
    /// Puts contents in their places, before whatever refers to them is committed. The rows stay locked until the
    /// transaction ends, so that nobody removes them meanwhile.
    /// </summary>
    public async Task PutAsync(
        WorkspaceContext context,
        IEnumerable<StagedBlob> blobs,
        CancellationToken cancellationToken
    )
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var folders = new HashSet<string>();
        // In one order everywhere, or two who put the same ones would wait for each other.
        foreach (var blob in blobs.DistinctBy(blob => blob.Hash).OrderBy(blob => blob.Hash, StringComparer.Ordinal))
        {
            await LockRowAsync(context, blob.Hash, blob.Size, now, cancellationToken);
            var path = PathOf(blob.Hash);
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                folders.Add(_root);
            }
            if (!File.Exists(path))
                File.Move(blob.Path, path);
            // Even if it was there: who put it may have been killed before this.
            folders.Add(folder);
        }
        foreach (var folder in folders)
            FolderSync.Flush(folder);
    }

    public bool Has(string hash) => File.Exists(PathOf(hash));

    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public FileStream Open(string hash) =>
        new(
            PathOf(hash),
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read | FileShare.Delete,
            bufferSize: 0,
            FileOptions.Asynchronous
        );

    public Task<byte[]> ReadAsync(string hash, CancellationToken cancellationToken) =>
        File.ReadAllBytesAsync(PathOf(hash), cancellationToken);

    internal string NewStagingPath() => Path.Combine(Staging, Guid.NewGuid().ToString("N"));

    /// <summary>Where the content is, for reading.</summary>
    public string PathOf(string hash) => Path.Combine(_root, hash[..2], hash);

    internal static Task LockRowAsync(
        WorkspaceContext context,
        string hash,
        long size,
        long putAt,
        CancellationToken cancellationToken
    ) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Blobs" ("Hash", "Size", "PutAt") VALUES ({hash}, {size}, {putAt})
            ON CONFLICT ("Hash") DO UPDATE SET "PutAt" = excluded."PutAt"
            """,
            cancellationToken
        );
}
