using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Store;

namespace Verso.Environments.Gateway;

/// <summary>
/// Verso's own package index: the only thing that a build of an environment can reach. It passes on what the settings
/// allow, of wheelhouses and of one upstream, with every file's hash verified first; so the first byte of a file comes
/// after its whole download, and a client's patience has to be as long. Verso itself asks a <see cref="GatewayBuild"/>;
/// programs ask on a unix socket.
/// </summary>
public sealed class PackageGateway : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly PackageIndexOptions _options;
    private readonly GatewayNetwork _network;
    private readonly Upstream _upstream;
    private readonly Catalogue _catalogue;
    private readonly FileStore _files;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, GatewayBuild> _builds = new();

    public PackageGateway(
        PackageIndexOptions options,
        StoreLayout layout,
        TimeProvider time,
        ILogger<PackageGateway>? logger = null
    )
        : this(options, layout, time, logger, new GatewayNetwork()) { }

    internal PackageGateway(
        PackageIndexOptions options,
        StoreLayout layout,
        TimeProvider time,
        ILogger<PackageGateway>? logger,
        GatewayNetwork network
    )
    {
        (_options, _network) = (options, network);
        _logger = logger ?? NullLogger<PackageGateway>.Instance;
        var hosts = new FileHostPolicy(options);
        var wheelhouses = new Wheelhouses(options.Wheelhouses);
        _upstream = new Upstream(options, hosts, network, time);
        _catalogue = new Catalogue(
            new NamePolicy(options),
            new FilePolicy(options, hosts, time),
            wheelhouses,
            _upstream
        );
        _files = new FileStore(options, wheelhouses, _upstream, new FileCache(layout, options.CacheBytes, time));
    }

    /// <summary>Listens on a unix socket that only this user may connect to.</summary>
    /// <inheritdoc cref="ListenAsync(string, UnixFileMode, CancellationToken)"/>
    public Task<GatewayListener> ListenAsync(string socketPath, CancellationToken cancellationToken) =>
        ListenAsync(socketPath, OwnerOnly, cancellationToken);

    /// <param name="socketPath">At most 107 bytes. A socket that a process left behind there is replaced.</param>
    /// <param name="mode">Whoever may write to the socket may connect.</param>
    /// <exception cref="IOException">It cannot listen there; the message says why.</exception>
    public Task<GatewayListener> ListenAsync(
        string socketPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    ) =>
        GatewayListener.StartAsync(
            new GatewayEndpoints(_builds.GetValueOrDefault, _catalogue),
            _network,
            socketPath,
            mode,
            cancellationToken
        );

    /// <summary>Lets a build in, until what is returned is disposed.</summary>
    public GatewayBuild OpenBuild(BuildTicket ticket)
    {
        var build = new GatewayBuild(
            ticket,
            new ByteBudget(_options.MaxBuildBytes),
            _catalogue,
            _files,
            _logger,
            closed => _builds.TryRemove(closed.Token, out _)
        );
        _builds[build.Token] = build;
        return build;
    }

    public void Dispose()
    {
        foreach (var build in _builds.Values)
            build.Dispose();
        _upstream.Dispose();
    }
}
