using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Verso.Environments.Gateway.Sources;

/// <summary>
/// The folders of wheels on this machine, listed anew for each page so that a wheel put there is served at once; what a
/// file holds is read again only when its size or time changes.
/// </summary>
internal sealed class Wheelhouses(IReadOnlyList<string> folders)
{
    private readonly ConcurrentDictionary<string, Content> _known = new();

    /// <summary>The normalised names of all projects that have files here.</summary>
    /// <exception cref="GatewayException">A folder cannot be read.</exception>
    public IEnumerable<string> Projects() =>
        Files().SelectMany(file => DistributionName.ProjectsOf(Path.GetFileName(file.Path))).Distinct().Order();

    /// <returns>The project's files, of which those of the first wheelhouse hide those of a later one; null when no wheelhouse holds it.</returns>
    /// <exception cref="GatewayException">A folder cannot be read, so that nobody knows which names are in it.</exception>
    public async Task<IReadOnlyList<IndexFile>?> FindAsync(string project, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IndexFile>();
        var isHeld = false;
        foreach (var (path, wheelhouse) in Files())
        {
            var fileName = Path.GetFileName(path);
            isHeld |= DistributionName.ProjectsOf(fileName).Contains(project);
            if (DistributionName.TryParse(fileName, project) is not { } name || found.ContainsKey(fileName))
                continue;
            if (await ReadAsync(path, name.IsWheel, cancellationToken) is { } content)
                found[fileName] = new IndexFile(name, new FileOrigin.Local(path, wheelhouse))
                {
                    Sha256 = content.Sha256,
                    Bytes = content.Size,
                    RequiresPython = content.RequiresPython,
                    MetadataSha256 = content.MetadataSha256,
                };
        }
        return isHeld ? [.. found.Values] : null;
    }

    /// <returns>The file if it still is what it was when it was named, or null.</returns>
    public async Task<FileStream?> TryOpenAsync(IndexFile file, string path, CancellationToken cancellationToken)
    {
        if ((await ReadAsync(path, file.Name.IsWheel, cancellationToken))?.Sha256 != file.Sha256)
            return null;
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private IEnumerable<(string Path, string Wheelhouse)> Files()
    {
        foreach (var folder in folders)
        {
            string[] paths;
            try
            {
                paths = Directory.GetFiles(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new GatewayException($"The wheelhouse {folder} cannot be read: {e.Message}", inner: e);
            }
            Array.Sort(paths, StringComparer.Ordinal);
            foreach (var path in paths)
                yield return (path, folder);
        }
    }

    /// <returns>Null when the file has gone meanwhile.</returns>
    private async Task<Content?> ReadAsync(string path, bool isWheel, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var (size, time) = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
            if (_known.TryGetValue(path, out var known) && (known.Size, known.Time) == (size, time))
                return known;
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            var metadata = isWheel ? WheelMetadata.TryRead(file) : null;
            var content = new Content(
                size,
                time,
                sha256,
                metadata is null ? null : WheelMetadata.RequiresPython(metadata),
                metadata is null ? null : Convert.ToHexStringLower(SHA256.HashData(metadata))
            );
            return _known[path] = content;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayException($"The wheelhouse's file {path} cannot be read: {e.Message}", inner: e);
        }
    }

    private sealed record Content(
        long Size,
        DateTime Time,
        string Sha256,
        string? RequiresPython,
        string? MetadataSha256
    );
}
