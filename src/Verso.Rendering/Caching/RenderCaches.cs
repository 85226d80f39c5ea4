using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Rendering.Caching;

/// <summary>
/// What an engine keeps from render to render: fonts, compiled styles, programs. One folder for each
/// <see cref="RenderCacheKey"/>, with a lock that is held by the one render that uses it:
/// <code>
/// v1/&lt;hash of the key&gt;/       what the engine put there, which nothing outside of a sandbox reads
/// v1/&lt;hash of the key&gt;.lock   flock: exclusive; touched on use; never deleted
/// </code>
/// </summary>
internal sealed class RenderCaches(string directory, TimeProvider time)
{
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    private readonly string _root = Path.Combine(directory, "v1");

    /// <param name="instead">An empty folder for a render that runs beside another one of the same key.</param>
    /// <exception cref="IOException">The caches' place cannot be written; the message says so.</exception>
    public async Task<RenderCache> OpenAsync(RenderCacheKey key, string instead)
    {
        var folder = Path.Combine(_root, key.ToHash());
        try
        {
            Directory.CreateDirectory(_root);
            if (FileLock.TryAcquireExclusive(LockOf(folder)) is not { } held)
                return new RenderCache(Directory.CreateDirectory(instead).FullName, null);
            File.SetLastWriteTimeUtc(LockOf(folder), time.GetUtcNow().UtcDateTime);
            await RemoveUnusedAsync();
            return new RenderCache(Directory.CreateDirectory(folder).FullName, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Caches cannot be kept at {directory} (Rendering:CacheDirectory): {e.Message}", e);
        }
    }

    private async Task RemoveUnusedAsync()
    {
        foreach (var folder in Directory.GetDirectories(_root))
            try
            {
                if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(LockOf(folder)) < Unused)
                    continue;
                using var unused = FileLock.TryAcquireExclusive(LockOf(folder));
                if (unused is not null)
                    await FolderTree.DeleteAsync(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or left locked by a run that was killed; no other render is to fail of that.
            }
    }

    private static string LockOf(string folder) => folder + ".lock";
}
