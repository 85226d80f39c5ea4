using System.Net;
using System.Net.Sockets;
using Verso.Environments.Gateway;
using Verso.Environments.Gateway.Http;

namespace Verso.Environments.Tests.Gateway;

/// <summary>Which machines the gateway connects to.</summary>
public sealed class AddressTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    public void Public_addresses_are_told_from_others(string address, bool expected) =>
        PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    public async Task A_name_that_means_a_private_address_is_not_connected_to(string address)
    {
        var dialer = Dialer(new PackageIndexOptions(), address);

        var refused = await Should.ThrowAsync<GatewayException>(() => DialAsync(dialer, "files.pythonhosted.org", 443));

        refused.Message.ShouldBe(
            "files.pythonhosted.org is on a private network; it is asked only if PackageIndex:FileHosts names it."
        );
        refused.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://internal.example:{0}/simple/", "")]
    [InlineData("https://pypi.org/simple/", "internal.example:{0}")]
    public async Task A_host_that_an_operator_named_may_be_private(string upstream, string fileHost)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var dialer = Dialer(
            new PackageIndexOptions
            {
                Upstream = upstream.Replace("{0}", $"{port}"),
                FileHosts = fileHost.Length > 0 ? [fileHost.Replace("{0}", $"{port}")] : [],
            },
            "127.0.0.1"
        );

        await using var connection = await DialAsync(dialer, "internal.example", port);

        using var accepted = await listener.AcceptTcpClientAsync(Stop);
        accepted.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_proxy_is_connected_to_wherever_it_is()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var dialer = Dialer(new PackageIndexOptions(), "127.0.0.1", new WebProxy("proxy.example", port));

        await using var connection = await dialer.ConnectAsync(
            new DnsEndPoint("proxy.example", port),
            new Uri("https://files.pythonhosted.org/"),
            Stop
        );

        (await listener.AcceptTcpClientAsync(Stop)).Dispose();
    }

    [Fact]
    public async Task Through_a_proxy_the_list_of_hosts_holds()
    {
        await using var proxy = await FakeUpstream.StartAsync();
        var content = proxy.Add("alpha", "1.0");
        proxy.Add("beta", "1.0", file => file["url"] = "http://other.invalid/files/beta-1.0-py3-none-any.whl");
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = "http://index.invalid/simple/" },
            network: new GatewayNetwork { Proxy = new WebProxy($"http://{proxy.Authority}") }
        );

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
        (await gateway.FileNamesAsync("beta")).ShouldBeEmpty();
        gateway.Remarks.ShouldContain("other.invalid");
    }

    [Fact]
    public void Proxies_are_those_of_the_environment() =>
        new GatewayNetwork().Proxy.ShouldBeSameAs(HttpClient.DefaultProxy);

    [Theory]
    [InlineData("https://pypi.org/simple/", "https://files.pythonhosted.org/x", true)]
    [InlineData("https://pypi.org/simple/", "https://pypi.org/x", true)]
    [InlineData("https://pypi.org/simple/", "http://files.pythonhosted.org/x", false)]
    [InlineData("https://pypi.org/simple/", "https://files.pythonhosted.org:8443/x", false)]
    [InlineData("https://pypi.org/simple/", "https://evil.example/x", false)]
    [InlineData("https://mirror.example/simple/", "https://mirror.example/x", true)]
    [InlineData("https://mirror.example/simple/", "http://mirror.example/x", false)]
    [InlineData("https://mirror.example/simple/", "https://files.pythonhosted.org/x", false)]
    [InlineData("http://mirror.example/simple/", "http://mirror.example/x", true)]
    [InlineData("http://mirror.example/simple/", "ftp://mirror.example/x", false)]
    public void Files_come_from_the_usual_hosts_by_default(string upstream, string address, bool expected) =>
        new FileHostPolicy(new PackageIndexOptions { Upstream = upstream })
            .AllowsFile(new Uri(address))
            .ShouldBe(expected);

    [Theory]
    [InlineData("https://files.example/x", true)]
    [InlineData("https://cdn.example:8443/x", true)]
    [InlineData("https://cdn.example/x", false)]
    [InlineData("https://pypi.org/x", false)]
    [InlineData("https://files.pythonhosted.org/x", false)]
    public void Files_come_from_the_named_hosts_alone(string address, bool expected) =>
        new FileHostPolicy(new PackageIndexOptions { FileHosts = ["Files.example", "cdn.example:8443"] })
            .AllowsFile(new Uri(address))
            .ShouldBe(expected);

    private static GuardedDialer Dialer(PackageIndexOptions options, string address, WebProxy? proxy = null) =>
        new(
            new FileHostPolicy(options),
            new GatewayNetwork
            {
                Proxy = proxy ?? new WebProxy(),
                ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]),
            }
        );

    private static Task<Stream> DialAsync(GuardedDialer dialer, string host, int port) =>
        dialer.ConnectAsync(new DnsEndPoint(host, port), new Uri($"https://{host}:{port}/x"), Stop).AsTask();
}
