using System.Net;
using System.Net.Sockets;

namespace Verso.Environments.Gateway.Http;

/// <summary>
/// Connects to the addresses that a host's name means at that very moment, so that a name cannot mean a public address
/// while it is checked and a private one when it is used. Through a proxy the target's address cannot be seen; the list
/// of hosts is then all that holds.
/// </summary>
internal sealed class GuardedDialer(FileHostPolicy hosts, GatewayNetwork network)
{
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint, context.InitialRequestMessage.RequestUri!, cancellationToken);

    /// <exception cref="GatewayException">The host's name means private addresses, and no operator named the host.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, Uri target, CancellationToken cancellationToken)
    {
        var addresses = await network.ResolveAsync(endPoint.Host, cancellationToken);
        if (!IsProxy(endPoint, target) && !hosts.MayBePrivate(target))
        {
            addresses = [.. addresses.Where(PublicAddress.Is)];
            if (addresses.Length == 0)
                throw new GatewayException(
                    $"{target.Host} is on a private network; it is asked only if PackageIndex:FileHosts names it."
                );
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsProxy(DnsEndPoint endPoint, Uri target) =>
        !network.Proxy.IsBypassed(target)
        && network.Proxy.GetProxy(target) is { } proxy
        && proxy.IdnHost == endPoint.Host
        && proxy.Port == endPoint.Port;
}
