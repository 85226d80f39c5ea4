using Verso.Environments.Store;

namespace Verso.Environments.Gateway;

/// <summary>
/// Downloaded files, each under the SHA-256 of its content, at most so many bytes of them (the newest file stays even if
/// it alone is larger). Several processes may use one folder: a file appears whole or not at all, and one that is
/// removed stays readable to whoever has it open.
/// </summary>
internal sealed class FileCache(StoreLayout layout, long capacity, TimeProvider time)
{
    private const int Attempts = 3;
    private static readonly TimeSpan LongestDownload = TimeSpan.FromDays(1);

    private readonly SharedDownloads _downloads = new();

    public FileStream? TryOpen(string sha256)
    {
        try
        {
            var file = new FileStream(
                layout.DownloadedFile(sha256),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete
            );
            Touch(layout.DownloadedFile(sha256));
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <returns>Bytes of a file that is here; null when it is not.</returns>
    public long? SizeOf(string sha256) =>
        new FileInfo(layout.DownloadedFile(sha256)) is { Exists: true } file ? file.Length : null;

    /// <param name="fill">Writes the file, and throws unless its content has this very hash.</param>
    /// <returns>The file, and whether it was downloaded for this caller.</returns>
    /// <exception cref="GatewayException">It cannot be had.</exception>
    public async Task<(FileStream File, bool Downloaded)> GetAsync(
        string sha256,
        Func<FileStream, CancellationToken, Task> fill,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (TryOpen(sha256) is { } present)
                return (present, false);
            var (began, result) = await _downloads.JoinAsync(
                sha256,
                download => AddAsync(sha256, fill, download),
                cancellationToken
            );
            // What ended another build's download need not end this one's.
            if (!began && result.Exception?.InnerException is BuildLimitException)
                continue;
            await result;
            if (TryOpen(sha256) is { } added)
                return (added, began);
        }
        throw new GatewayException(
            "A file was removed from the cache as soon as it came; PackageIndex:CacheBytes is too small."
        );
    }

    private async Task AddAsync(
        string sha256,
        Func<FileStream, CancellationToken, Task> fill,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(layout.DownloadedFiles);
        var temporary = $"{layout.DownloadedFile(sha256)}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await fill(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            Touch(temporary);
            File.Move(temporary, layout.DownloadedFile(sha256), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        Trim(sha256);
    }

    private void Trim(string added)
    {
        var now = time.GetUtcNow().UtcDateTime;
        long kept = 0;
        foreach (var (file, length, used) in Entries().OrderByDescending(entry => entry.Used))
        {
            // What a process that was killed left behind.
            if (file.EndsWith(".tmp"))
            {
                if (now - used > LongestDownload)
                    File.Delete(file);
            }
            else if ((kept += length) > capacity && Path.GetFileName(file) != added)
            {
                File.Delete(file);
                kept -= length;
            }
        }
    }

    private List<(string File, long Length, DateTime Used)> Entries()
    {
        var entries = new List<(string, long, DateTime)>();
        foreach (var file in new DirectoryInfo(layout.DownloadedFiles).EnumerateFiles())
            try
            {
                entries.Add((file.FullName, file.Length, file.LastWriteTimeUtc));
            }
            catch (FileNotFoundException)
            {
                // Another process was faster.
            }
        return entries;
    }

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone, or belongs to somebody else: it only looks older than it is.
        }
    }
}
