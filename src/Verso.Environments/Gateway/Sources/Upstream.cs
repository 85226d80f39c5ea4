using System.Security.Cryptography;
using Polly;
using Verso.Environments.Gateway.Http;

namespace Verso.Environments.Gateway.Sources;

/// <summary>The one index beyond this machine.</summary>
internal sealed class Upstream : IDisposable
{
    private const string Json = "application/vnd.pypi.simple.v1+json";
    private const string Accept = Json + ", application/vnd.pypi.simple.v1+html; q=0.2, text/html; q=0.1";

    private readonly Uri? _address;
    private readonly UpstreamHttp _http;
    private readonly GatewayNetwork _network;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retries;

    public Upstream(PackageIndexOptions options, FileHostPolicy hosts, GatewayNetwork network, TimeProvider time)
    {
        (_network, _time) = (network, time);
        _address = options.Upstream.Length > 0 ? new Uri(options.Upstream.TrimEnd('/') + "/") : null;
        _http = new UpstreamHttp(options.Upstream, hosts, network, time);
        _retries = Retries.Create(network, time);
    }

    /// <returns>The project's files; null when the index does not know it, or there is no index.</returns>
    /// <exception cref="GatewayException">The index does not give its page.</exception>
    public async Task<IReadOnlyList<IndexFile>?> FindAsync(string project, CancellationToken cancellationToken)
    {
        if (_address is null)
            return null;
        using var timeout = new CancellationTokenSource(_network.PageTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _retries.ExecuteAsync(
                async attempt => await ReadPageAsync(_address, project, attempt),
                linked.Token
            );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw UpstreamFault.Unreachable(_address, "it did not answer in time", transient: true, e);
        }
    }

    /// <summary>Fills a file with what an address gives, if that has this hash.</summary>
    /// <param name="spend">Is told of bytes as they arrive; what it throws ends the download.</param>
    /// <exception cref="GatewayException">It is not to be had, too large, or not the file that the index named.</exception>
    public async Task DownloadAsync(
        Uri address,
        string fileName,
        string sha256,
        long maxBytes,
        Action<long> spend,
        FileStream into,
        CancellationToken cancellationToken
    ) =>
        await _retries.ExecuteAsync(
            async attempt =>
            {
                into.SetLength(0);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var (response, place) =
                    await _http.GetFileAsync(address, attempt)
                    ?? throw new GatewayException($"{fileName} is not where the package index says it is.", 404);
                using (response)
                {
                    var tooLarge = new GatewayException(
                        $"{fileName} is larger than {ByteSize.Describe(maxBytes)} (PackageIndex:MaxFileBytes).",
                        statusCode: 403
                    );
                    if (response.Content.Headers.ContentLength > maxBytes)
                        throw tooLarge;
                    long received = 0;
                    await _http.ReadAsync(
                        response,
                        place,
                        async piece =>
                        {
                            if ((received += piece.Length) > maxBytes)
                                throw tooLarge;
                            spend(piece.Length);
                            hash.AppendData(piece.Span);
                            await into.WriteAsync(piece, attempt);
                        },
                        attempt
                    );
                }
                if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
                    throw new GatewayException(
                        $"{fileName} as {UpstreamFault.Place(place)} gives it is not the file that the package index names (its SHA-256 differs)."
                    );
            },
            cancellationToken
        );

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<IndexFile>?> ReadPageAsync(
        Uri index,
        string project,
        CancellationToken cancellationToken
    )
    {
        if (
            await _http.GetPageAsync(new Uri(index, project + "/"), Accept, cancellationToken)
            is not
            (var response, var address)
        )
            return null;
        using (response)
        {
            using var page = new MemoryStream();
            await _http.ReadAsync(
                response,
                address,
                piece =>
                {
                    if (page.Length + piece.Length > _network.MaxPageBytes)
                        throw new GatewayException(
                            $"The page of {project} at {UpstreamFault.Place(address)} is larger than {ByteSize.Describe(_network.MaxPageBytes)}."
                        );
                    page.Write(piece.Span);
                    return ValueTask.CompletedTask;
                },
                cancellationToken
            );
            page.Position = 0;
            return response.Content.Headers.ContentType?.MediaType switch
            {
                Json => JsonPage.Read(page, address, project),
                "application/vnd.pypi.simple.v1+html" or "text/html" => HtmlPage.Read(
                    page,
                    address,
                    project,
                    cancellationToken
                ),
                _ => throw new GatewayException(
                    $"The package index at {UpstreamFault.Place(address)} answered with neither JSON nor HTML."
                ),
            };
        }
    }
}
