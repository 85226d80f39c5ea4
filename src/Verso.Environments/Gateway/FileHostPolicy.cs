namespace Verso.Environments.Gateway;

/// <summary>
/// Which addresses the gateway may ask: files from the hosts that are named, pages also from the upstream itself, in the
/// clear only if the upstream is asked in the clear, and nothing else, wherever a page or a redirect points.
/// </summary>
internal sealed class FileHostPolicy
{
    private readonly Uri? _upstream;
    private readonly HashSet<string> _trusted;
    private readonly HashSet<string> _files;

    public FileHostPolicy(PackageIndexOptions options)
    {
        _upstream = options.Upstream.Length > 0 ? new Uri(options.Upstream) : null;
        _trusted = [.. options.FileHosts.SelectMany(Authorities)];
        _files = [.. _trusted];
        if (_upstream is not null && _files.Count == 0)
        {
            _files.Add(Authority(_upstream));
            if (_upstream is { Scheme: "https", IdnHost: "pypi.org", Port: 443 })
                _files.Add("files.pythonhosted.org:443");
        }
        if (_upstream is not null)
            _trusted.Add(Authority(_upstream));
    }

    /// <summary>Whether a setting names a host, or a host and its port.</summary>
    public static bool IsHost(string host) =>
        Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
        && address is { Host.Length: > 0, UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
        && !host.EndsWith('/');

    public bool AllowsFile(Uri address) => HasAllowedScheme(address) && _files.Contains(Authority(address));

    public bool AllowsPage(Uri address) => AllowsFile(address) || HasAllowedScheme(address) && IsUpstreamHost(address);

    /// <summary>Whether the upstream's credentials may go there: to its very scheme, host and port.</summary>
    public bool IsUpstream(Uri address) => _upstream?.Scheme == address.Scheme && IsUpstreamHost(address);

    /// <summary>Whether an operator named the host, so that it may be on a private network.</summary>
    public bool MayBePrivate(Uri address) => _trusted.Contains(Authority(address));

    private bool HasAllowedScheme(Uri address) =>
        address.Scheme == "https" || address.Scheme == "http" && _upstream?.Scheme == "http";

    private bool IsUpstreamHost(Uri address) => _upstream is not null && Authority(_upstream) == Authority(address);

    // A host named without a port means the usual one of either scheme.
    private static IEnumerable<string> Authorities(string host) =>
        [Authority(new Uri($"https://{host}/")), Authority(new Uri($"http://{host}/"))];

    private static string Authority(Uri address) => $"{address.IdnHost}:{address.Port}";
}
