using System.Net;
using System.Net.Sockets;

namespace Verso.Environments.Tests.Gateway;

/// <summary>Carries connections to a port of loopback over to a unix socket, as a sandbox's relay does.</summary>
internal sealed class SocketRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public SocketRelay(string socketPath)
    {
        _listener.Start();
        _accepting = AcceptAsync(socketPath);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(string socketPath)
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
                carrying.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), socketPath));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(TcpClient client, string socketPath)
    {
        using (client)
        {
            await using var gateway = await TestGateway.ConnectAsync(socketPath, _stopping.Token);
            var stream = client.GetStream();
            try
            {
                await await Task.WhenAny(
                    stream.CopyToAsync(gateway, _stopping.Token),
                    gateway.CopyToAsync(stream, _stopping.Token)
                );
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Either side has gone.
            }
        }
    }
}
