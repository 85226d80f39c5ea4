using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Verso.Environments.Gateway;

/// <summary>A gateway's ear: a unix socket on which it answers until this is disposed.</summary>
public sealed class GatewayListener : IAsyncDisposable
{
    private const int LongestSocketPath = 107; // of sockaddr_un, without the final zero

    private readonly WebApplication _application;

    private GatewayListener(WebApplication application, string socketPath) =>
        (_application, SocketPath) = (application, socketPath);

    public string SocketPath { get; }

    /// <exception cref="IOException">It cannot listen there; the message says why.</exception>
    internal static async Task<GatewayListener> StartAsync(
        GatewayEndpoints endpoints,
        GatewayNetwork network,
        string socketPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    )
    {
        if (Encoding.UTF8.GetByteCount(socketPath) > LongestSocketPath)
            throw new IOException(
                $"The gateway's socket cannot be made at {socketPath}: the path is longer than {LongestSocketPath} bytes."
            );
        await RemoveStaleSocketAsync(socketPath, cancellationToken);
        var application = Build(network, socketPath, mode);
        endpoints.Map(application);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            await application.DisposeAsync();
            throw new IOException($"The gateway's socket cannot be made at {socketPath}: {e.Message}", e);
        }
        return new GatewayListener(application, socketPath);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        File.Delete(SocketPath);
    }

    private static WebApplication Build(GatewayNetwork network, string socketPath, UnixFileMode mode)
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
                server.Limits.RequestHeadersTimeout = network.ClientTimeout;
                server.Limits.KeepAliveTimeout = network.ClientTimeout * 3;
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
