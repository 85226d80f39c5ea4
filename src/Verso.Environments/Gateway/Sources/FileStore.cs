using Verso.Environments.Gateway.Http;

namespace Verso.Environments.Gateway.Sources;

/// <summary>Opens what a page named, from wherever it is, within a build's limits.</summary>
internal sealed class FileStore(
    PackageIndexOptions options,
    Wheelhouses wheelhouses,
    Upstream upstream,
    FileCache cache
)
{
    /// <returns>The file, whose hash has been verified, and where it came from.</returns>
    /// <exception cref="GatewayException">It cannot be had.</exception>
    public async Task<(FileStream Content, string Source)> OpenAsync(
        IndexFile file,
        ByteBudget budget,
        CancellationToken cancellationToken
    )
    {
        var (content, source) = file.Origin switch
        {
            FileOrigin.Local(var path, var wheelhouse) => (
                await wheelhouses.TryOpenAsync(file, path, cancellationToken)
                    ?? throw new GatewayException($"{file.Name.FileName} has changed in {wheelhouse} meanwhile.", 404),
                wheelhouse
            ),
            FileOrigin.Remote(var address) => await DownloadAsync(
                address,
                file.Name.FileName,
                file.Sha256!,
                budget,
                cancellationToken
            ),
            _ => throw new InvalidOperationException($"No such origin: {file.Origin}"),
        };
        try
        {
            if (content.Length > options.MaxFileBytes)
                throw new GatewayException(
                    $"{file.Name.FileName} is larger than {ByteSize.Describe(options.MaxFileBytes)} (PackageIndex:MaxFileBytes).",
                    statusCode: 403
                );
            budget.SpendOn(file.Sha256!, content.Length);
            return (content, source);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <returns>A wheel's METADATA as far as it is to be had without downloading the wheel; or null.</returns>
    /// <exception cref="GatewayException">It cannot be had, and neither can the wheel.</exception>
    public async Task<byte[]?> TryReadMetadataAsync(
        IndexFile wheel,
        ByteBudget budget,
        CancellationToken cancellationToken
    )
    {
        if (wheel.Origin is not FileOrigin.Remote(var address))
        {
            var (content, _) = await OpenAsync(wheel, new ByteBudget(long.MaxValue), cancellationToken);
            await using (content)
                return Spend(WheelMetadata.TryRead(content));
        }
        if (wheel.MetadataSha256 is not { } sha256)
            return null;
        var beside = new UriBuilder(address) { Fragment = "" };
        beside.Path += ".metadata";
        try
        {
            var name = wheel.Name.FileName + ".metadata";
            var (content, _) = await DownloadAsync(beside.Uri, name, sha256, budget, cancellationToken);
            await using (content)
            {
                if (content.Length > WheelMetadata.MaxBytes)
                    return null;
                var bytes = new byte[content.Length];
                await content.ReadExactlyAsync(bytes, cancellationToken);
                return Spend(bytes);
            }
        }
        catch (GatewayException e) when (e.StatusCode == 404)
        {
            return null; // Mirrors copy pages without all that they name.
        }

        byte[]? Spend(byte[]? metadata)
        {
            if (metadata is not null)
                budget.SpendOn($"{wheel.Sha256} metadata", metadata.Length);
            return metadata;
        }
    }

    public long? SizeOfKept(string sha256) => cache.SizeOf(sha256);

    private async Task<(FileStream Content, string Source)> DownloadAsync(
        Uri address,
        string fileName,
        string sha256,
        ByteBudget budget,
        CancellationToken cancellationToken
    )
    {
        var (content, downloaded) = await cache.GetAsync(
            sha256,
            (into, download) =>
                upstream.DownloadAsync(address, fileName, sha256, options.MaxFileBytes, budget.Spend, into, download),
            cancellationToken
        );
        if (downloaded)
            budget.MarkPaid(sha256); // as it came
        return (content, downloaded ? UpstreamFault.Place(address) : "cache");
    }
}
