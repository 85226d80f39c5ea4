using System.Net;
using System.Net.Sockets;
using System.Text;
using Verso.Environments.Gateway;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Gateway;

public sealed class LifetimeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_token_opens_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = "" });

        foreach (var path in (string[])["/", "/simple/", "/0123/simple/", $"/{gateway.Build.Id}/simple/"])
            (await gateway.StatusAsync(path)).ShouldBe(HttpStatusCode.NotFound, path);

        (await gateway.StatusAsync("simple/")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_builds_token_stops_working_and_others_go_on()
    {
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = "" });
        var other = gateway.Gateway.OpenBuild(TestGateway.Ticket());
        other.Token.ShouldNotBe(gateway.Build.Token);
        other.Token.Length.ShouldBe(64);

        other.Dispose();
        other.Dispose();

        (await gateway.StatusAsync($"/{other.Token}/simple/")).ShouldBe(HttpStatusCode.NotFound);
        (await gateway.StatusAsync("simple/")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    public async Task The_caller_decides_who_may_connect(UnixFileMode mode)
    {
        using var directory = new TemporaryDirectory();
        using var gateway = Gateway(directory);

        await using var listener = await gateway.ListenAsync(directory.Combine("g.sock"), mode, Stop);

        File.GetUnixFileMode(listener.SocketPath).ShouldBe(mode);
    }

    [Fact]
    public async Task The_socket_is_the_owners_alone_by_default_and_goes_with_the_listener()
    {
        using var directory = new TemporaryDirectory();
        using var gateway = Gateway(directory);
        var listener = await gateway.ListenAsync(directory.Combine("g.sock"), Stop);
        File.GetUnixFileMode(listener.SocketPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await listener.DisposeAsync();

        File.Exists(listener.SocketPath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_socket_that_a_killed_process_left_is_replaced()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("g.sock");
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(path));
            // Closed under its name it would be removed, which a process that is killed does not live to do.
            File.Move(path, path + ".kept");
        }
        File.Move(path + ".kept", path);
        using var gateway = Gateway(directory);

        await using var listener = await gateway.ListenAsync(path, Stop);

        await using var connection = await TestGateway.ConnectAsync(path, Stop);
    }

    [Fact]
    public async Task A_socket_in_use_or_a_file_is_left_alone()
    {
        using var directory = new TemporaryDirectory();
        using var first = Gateway(directory);
        await using var listener = await first.ListenAsync(directory.Combine("g.sock"), Stop);
        var file = directory.Write("file.sock", "precious");
        using var second = Gateway(directory);

        (
            await Should.ThrowAsync<IOException>(() => second.ListenAsync(listener.SocketPath, Stop))
        ).Message.ShouldContain("in use");
        await Should.ThrowAsync<IOException>(() => second.ListenAsync(file, Stop));

        (await File.ReadAllTextAsync(file, Stop)).ShouldBe("precious");
        await using var connection = await TestGateway.ConnectAsync(listener.SocketPath, Stop);
    }

    [Fact]
    public async Task A_path_where_no_socket_can_be_is_said_to_be_so()
    {
        using var directory = new TemporaryDirectory();
        using var gateway = Gateway(directory);

        var refused = await Should.ThrowAsync<IOException>(() =>
            gateway.ListenAsync(directory.Combine(new string('a', 100)), Stop)
        );

        refused.Message.ShouldContain("longer than 107 bytes");
        var missing = await Should.ThrowAsync<IOException>(() =>
            gateway.ListenAsync(directory.Combine("missing/g.sock"), Stop)
        );
        missing.Message.ShouldStartWith("The gateway's socket cannot be made at ");
    }

    [Fact]
    public async Task A_client_that_never_ends_its_request_is_shown_out()
    {
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = "" },
            network: new GatewayNetwork { Proxy = new WebProxy(), ClientTimeout = TimeSpan.FromMilliseconds(100) }
        );
        await using var connection = await TestGateway.ConnectAsync(gateway.Listener.SocketPath, Stop);
        await connection.WriteAsync(Encoding.ASCII.GetBytes("GET /simple/ HTTP/1.1\r\nHost: x\r\nX-Slow: "), Stop);

        using var answer = new StreamReader(connection);
        var text = await answer.ReadToEndAsync(Stop);

        text.ShouldStartWith("HTTP/1.1 408 ");
    }

    [Theory]
    [InlineData("GET /{0}/simple/../../../etc/passwd HTTP/1.1", 404)]
    [InlineData("GET /{0}/files/../../etc/passwd HTTP/1.1", 404)]
    [InlineData("GET /{0}/files/%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404)]
    [InlineData("GET /{0}/files/..\\..\\etc\\passwd HTTP/1.1", 404)]
    [InlineData("GET http://elsewhere.example/{0}/simple/x HTTP/1.1", 301)]
    [InlineData("CONNECT elsewhere.example:443 HTTP/1.1", 404)]
    [InlineData("NONSENSE", 400)]
    public async Task Odd_requests_lead_nowhere(string request, int expected)
    {
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = "" });
        await using var connection = await TestGateway.ConnectAsync(gateway.Listener.SocketPath, Stop);
        var line = request.Replace("{0}", gateway.Build.Token);
        var host = line.Contains("elsewhere.example:443") ? "elsewhere.example:443" : "elsewhere.example";
        await connection.WriteAsync(
            Encoding.ASCII.GetBytes($"{line}\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            Stop
        );

        using var answer = new StreamReader(connection);
        var text = await answer.ReadToEndAsync(Stop);

        text.ShouldStartWith($"HTTP/1.1 {expected} ");
        text.ShouldNotContain("root:");
    }

    private static PackageGateway Gateway(TemporaryDirectory directory) =>
        new(
            new PackageIndexOptions { Upstream = "" },
            new StoreLayout(new EnvironmentsOptions { StoreDirectory = directory.Combine("store") }),
            TimeProvider.System
        );
}
