using System.Security.Cryptography;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Sync;

namespace Verso.Server.Compiling.Resources;

/// <summary>
/// Downloads resources, and keeps them by the hash of their content. A URL that has changed its content says so by another
/// <see cref="Resource.Modified"/>; without one, and without a hash, it is downloaded each time.
/// </summary>
internal sealed class ResourceCache(HttpClient http, CompileLayout layout, CompileServiceOptions options)
{
    private readonly long _mostBytes = (long)options.MaxResourceMiB << 20;

    /// <exception cref="ResourceException">It cannot be had.</exception>
    public async Task<Stream> OpenAsync(Resource resource, CancellationToken cancellationToken)
    {
        var known = resource.Hash ?? KnownContent(resource);
        if (known is not null && TryOpen(known) is { } kept)
            return kept;
        try
        {
            return await DownloadAsync(resource, resource.Url!, cancellationToken);
        }
        catch (ResourceException) when (resource.FallbackUrl is not null)
        {
            return await DownloadAsync(resource, resource.FallbackUrl, cancellationToken);
        }
    }

    private async Task<Stream> DownloadAsync(Resource resource, string url, CancellationToken cancellationToken)
    {
        var temporary = layout.NewStaging();
        try
        {
            var hash = await FetchAsync(url, temporary, cancellationToken);
            if (resource.Hash is { } expected && expected != hash)
                throw new ResourceException("what came is not what the project says it is (its hash is another)");
            File.Move(temporary, PathOf(hash), overwrite: true);
            if (AddressFile(resource) is { } address)
            {
                // Whole, for another compile may be reading or writing it too.
                await File.WriteAllTextAsync(temporary, hash, cancellationToken);
                File.Move(temporary, address, overwrite: true);
            }
            return TryOpen(hash) ?? throw new ResourceException("it was removed again at once; the disk may be full");
        }
        catch (HttpRequestException e)
        {
            throw new ResourceException(e.InnerException?.Message ?? e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ResourceException($"no answer came within {http.Timeout.TotalSeconds:0} s", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<string> FetchAsync(string url, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new ResourceException($"the answer was {(int)answer.StatusCode} {answer.ReasonPhrase}");
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = File.Create(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        for (int read; (read = await ReadAsync(content, buffer, cancellationToken)) > 0; )
        {
            if (file.Length + read > _mostBytes)
                throw new ResourceException($"it is larger than {options.MaxResourceMiB} MiB (Compile:MaxResourceMiB)");
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw new ResourceException($"the connection broke: {e.Message}", e);
        }
    }

    private FileStream? TryOpen(string hash)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(hash), DateTime.UtcNow);
            return File.OpenRead(PathOf(hash));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string? KnownContent(Resource resource)
    {
        if (AddressFile(resource) is not { } address)
            return null;
        try
        {
            var hash = File.ReadAllText(address);
            return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? hash : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string? AddressFile(Resource resource) =>
        resource.Modified is null
            ? null
            : Path.Combine(layout.Addresses, ResourceIdentity.Hash($"{resource.Url}\n{resource.Modified}"));

    private string PathOf(string hash) => Path.Combine(layout.Resources, hash);
}
