using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Verso.Environments.Gateway.Http;

/// <summary>GET, to allowed hosts only, with the upstream's credentials to the upstream only, and never waiting for ever.</summary>
internal sealed class UpstreamHttp : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly FileHostPolicy _hosts;
    private readonly GatewayNetwork _network;
    private readonly TimeProvider _time;
    private readonly AuthenticationHeaderValue? _credentials;
    private readonly HttpClient _pages;
    private readonly HttpClient _files;

    public UpstreamHttp(string upstream, FileHostPolicy hosts, GatewayNetwork network, TimeProvider time)
    {
        (_hosts, _network, _time) = (hosts, network, time);
        if (upstream.Length > 0 && new Uri(upstream).UserInfo is { Length: > 0 } user)
            _credentials = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user)))
            );
        _pages = Client(DecompressionMethods.GZip | DecompressionMethods.Deflate);
        _files = Client(DecompressionMethods.None); // a hash is that of the file as it is sent
    }

    /// <returns>The response, not yet read, and where it came from in the end; null for 404.</returns>
    /// <exception cref="GatewayException">It is not allowed, not to be had, or not in time.</exception>
    public Task<(HttpResponseMessage Response, Uri Address)?> GetPageAsync(
        Uri address,
        string accept,
        CancellationToken cancellationToken
    ) => GetAsync(_pages, address, accept, _hosts.AllowsPage, cancellationToken);

    /// <inheritdoc cref="GetPageAsync"/>
    public Task<(HttpResponseMessage Response, Uri Address)?> GetFileAsync(
        Uri address,
        CancellationToken cancellationToken
    ) => GetAsync(_files, address, "*/*", _hosts.AllowsFile, cancellationToken);

    /// <summary>Hands over the body piece by piece.</summary>
    /// <exception cref="GatewayException">It breaks off or stalls.</exception>
    public async Task ReadAsync(
        HttpResponseMessage response,
        Uri address,
        Func<ReadOnlyMemory<byte>, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[128 << 10];
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (
            await WithinAsync(stall => body.ReadAsync(buffer, stall).AsTask(), address, cancellationToken)
                is > 0
                    and var read
        )
            await take(buffer.AsMemory(0, read));
    }

    public void Dispose()
    {
        _pages.Dispose();
        _files.Dispose();
    }

    private async Task<(HttpResponseMessage, Uri)?> GetAsync(
        HttpClient client,
        Uri address,
        string accept,
        Predicate<Uri> allows,
        CancellationToken cancellationToken
    )
    {
        for (var redirects = 0; ; redirects++)
        {
            if (!allows(address))
                throw new GatewayException(
                    $"A file or page is at {UpstreamFault.Place(address)} over {address.Scheme}, which PackageIndex:FileHosts does not allow."
                );
            using var request = Request(address, accept);
            var response = await WithinAsync(
                stall => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall),
                address,
                cancellationToken
            );
            if (response.IsSuccessStatusCode)
                return (response, address);
            using (response)
            {
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                    return null;
                address = NextAddress(response, address);
            }
            if (redirects == MaxRedirects)
                throw new GatewayException(
                    $"The package index redirects in circles, last to {UpstreamFault.Place(address)}."
                );
        }
    }

    private HttpRequestMessage Request(Uri address, string accept)
    {
        var bare = new Uri(address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        var request = new HttpRequestMessage(HttpMethod.Get, bare);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.UserAgent.ParseAdd("verso");
        if (_hosts.IsUpstream(address))
            request.Headers.Authorization = _credentials;
        return request;
    }

    private static Uri NextAddress(HttpResponseMessage response, Uri address) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
        && response.Headers.Location is { } location
        && Uri.TryCreate(address, location, out var next)
            ? next
            : throw UpstreamFault.OfStatus(response, address);

    private async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> step,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        using var stall = new CancellationTokenSource(_network.StallTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            return await step(linked.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw UpstreamFault.Unreachable(address, "it did not answer in time", transient: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw UpstreamFault.Of(e, address);
        }
    }

    private HttpClient Client(DecompressionMethods decompression) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = new GuardedDialer(_hosts, _network).ConnectAsync,
                ConnectTimeout = _network.ConnectTimeout,
                Proxy = _network.Proxy,
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = decompression,
                ActivityHeadersPropagator = null,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // each wait has a limit of its own
        };
}
