using Verso.Rendering.Caching;
using Verso.Rendering.Engines;
using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// Where matplotlib keeps what it found out about this machine's fonts, which takes it up to a second. Whose it is,
/// <see cref="RenderCacheKey"/> says; nothing else that a document's code puts there is left for the next render.
/// </summary>
internal sealed class FontCache : IAsyncDisposable
{
    private const long MaxBytes = 8 << 20;

    private readonly RenderCache? _cache;

    private FontCache(string folder, RenderCache? cache) => (Folder, _cache) = (folder, cache);

    public string Folder { get; }

    public static async Task<FontCache> OpenAsync(RenderCaches caches, EngineRequest request)
    {
        var instead = Path.Combine(request.WorkDirectory, "fonts");
        if (request.Python.Length == 0)
            return new FontCache(instead, null); // nothing runs
        try
        {
            var cache = await caches.OpenAsync(RenderCacheKey.Of(request), instead);
            return new FontCache(cache.Folder, cache);
        }
        catch (IOException)
        {
            // It saves time and nothing else.
            return new FontCache(Directory.CreateDirectory(instead).FullName, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cache is null)
            return;
        foreach (var entry in new DirectoryInfo(Folder).EnumerateFileSystemInfos())
            if (EntryStatus.Of(entry.FullName) is { Kind: EntryKind.Folder })
                await FolderTree.DeleteAsync(entry.FullName);
            else if (entry is not FileInfo { LinkTarget: null, Length: < MaxBytes } || !IsOfFonts(entry.Name))
                entry.Delete();
        await _cache.DisposeAsync();
    }

    private static bool IsOfFonts(string name) => name.StartsWith("fontlist-v") && name.EndsWith(".json");
}
