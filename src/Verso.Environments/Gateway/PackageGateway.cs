using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Verso.Environments.Gateway.Sources;
using Verso.Environments.Store;

namespace Verso.Environments.Gateway;

/// <summary>
/// Verso's own package index, on a unix socket: the only thing that a build of an environment can reach. It passes on
/// what the settings allow, of wheelhouses and of one upstream, with every file's hash verified first; so the first byte
/// of a file comes after its whole download, and a client's patience has to be as long.
/// </summary>
public sealed class PackageGateway : IAsyncDisposable
{
    private const int LongestSocketPath = 107; // of sockaddr_un, without the final zero
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly PackageIndexOptions _options;
    private readonly GatewayNetwork _network;
    private readonly Upstream _upstream;
    private readonly GatewayEndpoints _endpoints;
    private readonly ConcurrentDictionary<string, GatewayBuild> _builds = new();
    private WebApplication? _application;

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
        var hosts = new FileHostPolicy(options);
        var wheelhouses = new Wheelhouses(options.Wheelhouses);
        _upstream = new Upstream(options, hosts, network, time);
        _endpoints = new GatewayEndpoints(
            _builds.GetValueOrDefault,
            new Catalogue(new NamePolicy(options), new FilePolicy(options, hosts, time), wheelhouses, _upstream),
            new FileStore(options, wheelhouses, _upstream, new FileCache(layout, options.CacheBytes, time)),
            logger ?? NullLogger<PackageGateway>.Instance
        );
    }

    /// <summary>Where the gateway listens once it has been started.</summary>
    public string SocketPath { get; private set; } = "";

    /// <summary>Listens on a unix socket that only this user may connect to.</summary>
    /// <inheritdoc cref="StartAsync(string, UnixFileMode, CancellationToken)"/>
    public Task StartAsync(string socketPath, CancellationToken cancellationToken) =>
        StartAsync(socketPath, OwnerOnly, cancellationToken);

    /// <param name="socketPath">At most 107 bytes. A socket that a process left behind there is replaced.</param>
    /// <param name="mode">Whoever may write to the socket may connect.</param>
    /// <exception cref="IOException">It cannot listen there; the message says why.</exception>
    public async Task StartAsync(string socketPath, UnixFileMode mode, CancellationToken cancellationToken)
    {
        if (_application is not null)
            throw new InvalidOperationException("The gateway has been started already.");
        if (Encoding.UTF8.GetByteCount(socketPath) > LongestSocketPath)
            throw new IOException(
                $"The gateway's socket cannot be made at {socketPath}: the path is longer than {LongestSocketPath} bytes."
            );
        await RemoveStaleSocketAsync(socketPath, cancellationToken);
        var application = Build(socketPath, mode);
        _endpoints.Map(application);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            await application.DisposeAsync();
            throw new IOException($"The gateway's socket cannot be made at {socketPath}: {e.Message}", e);
        }
        (_application, SocketPath) = (application, socketPath);
    }

    /// <summary>Lets a build in, until what is returned is disposed.</summary>
    public GatewayBuild OpenBuild(BuildTicket ticket)
    {
        var build = new GatewayBuild(ticket, _options.MaxBuildBytes, closed => _builds.TryRemove(closed.Token, out _));
        _builds[build.Token] = build;
        return build;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var build in _builds.Values)
            build.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
            File.Delete(SocketPath);
        }
        _upstream.Dispose();
    }

    private WebApplication Build(string socketPath, UnixFileMode mode)
    {
        // The empty builder reads no settings or environment and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<SocketTransportOptions>(sockets =>
            sockets.CreateBoundListenSocket = endPoint =>
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
                // Bound, but nobody can connect before it listens.
                File.SetUnixFileMode(socketPath, mode);
                return socket;
            }
        );
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(server =>
            {
                server.ListenUnixSocket(socketPath, listen => listen.Protocols = HttpProtocols.Http1);
                server.AddServerHeader = false;
                server.Limits.MaxConcurrentConnections = 512;
                server.Limits.MaxRequestBodySize = 0;
                server.Limits.RequestHeadersTimeout = _network.ClientTimeout;
                server.Limits.KeepAliveTimeout = _network.ClientTimeout * 3;
            });
        return builder.Build();
    }

    private static async Task RemoveStaleSocketAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && !HasContent(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException)
        {
            // Something that is no socket, or not ours.
        }
        throw new IOException(
            $"The gateway's socket cannot be made at {path}: something else is there that is in use or no socket."
        );
    }

    // To connect to an ordinary file is refused as well.
    private static bool HasContent(string path) => new FileInfo(path).Length > 0;
}
