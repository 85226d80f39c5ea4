using System.Net;

namespace Verso.Environments.Gateway;

/// <summary>How long the gateway waits for others, and how it reaches them.</summary>
internal sealed record GatewayNetwork
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one page, all attempts together.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Without a single byte.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the first retry; it grows from there.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>For a client to send a request's head.</summary>
    public TimeSpan ClientTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of a page, decompressed.</summary>
    public long MaxPageBytes { get; init; } = 64L << 20;

    /// <summary>By default what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say.</summary>
    public IWebProxy Proxy { get; init; } = HttpClient.DefaultProxy;

    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;
}
