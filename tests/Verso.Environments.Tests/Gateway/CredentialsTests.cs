using System.Net;
using System.Text;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

/// <summary>The upstream's credentials go to the upstream and nowhere else.</summary>
public sealed class CredentialsTests
{
    private const string Password = "p@ss/w0rd";

    private static readonly string Header =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{Password}"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_reach_the_upstream_but_no_page_log_or_remark()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Add("beta", "1.0", file => file["url"] = $"http://me:{Uri.EscapeDataString(Password)}@evil.example/x");
        upstream.Answer(
            "/simple/gamma/",
            context =>
            {
                context.Response.StatusCode = 403;
                return Task.CompletedTask;
            }
        );
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.OK);
        var said = new StringBuilder();
        foreach (var path in (string[])["simple/", "simple/alpha/", "simple/beta/", "simple/gamma/", "simple/omega/"])
        {
            using var response = await gateway.GetAsync(path);
            said.AppendLine(response.Headers.ToString()).AppendLine(await response.Content.ReadAsStringAsync(Stop));
        }
        said.Append(gateway.Remarks).Append(gateway.Log.Text);

        upstream.Requests.ShouldAllBe(request => request.Authorization == Header);
        said.ToString().ShouldContain("refuses access (403 Forbidden)");
        foreach (var secret in (string[])[Password, Uri.EscapeDataString(Password), "reader", Header[6..]])
            said.ToString().ShouldNotContain(secret);
    }

    [Theory]
    [InlineData("a file's address")]
    [InlineData("a file's redirect")]
    [InlineData("a page's redirect")]
    public async Task They_do_not_reach_another_port(string way)
    {
        await using var canary = await FakeUpstream.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        canary.AddFile("alpha", "alpha-1.0-py3-none-any.whl", content);
        var file = "/files/alpha-1.0-py3-none-any.whl";
        if (way == "a file's address")
        {
            upstream.AnswerPage(
                "alpha",
                $"<a href='http://{canary.Authority}{file}#sha256={FakeUpstream.Hash(content)}'>a</a>"
            );
        }
        else
        {
            var path = way == "a file's redirect" ? file : "/simple/alpha/";
            upstream.Answer(
                path,
                context =>
                {
                    context.Response.Redirect($"http://{canary.Authority}{path}");
                    return Task.CompletedTask;
                }
            );
        }
        await using var gateway = await StartAsync(
            upstream,
            options => options with { FileHosts = [canary.Authority, upstream.Authority] }
        );

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.OK);

        canary.Requests.ShouldNotBeEmpty();
        canary.Requests.ShouldAllBe(request => request.Authorization == "");
        upstream.Requests.ShouldAllBe(request => request.Authorization == Header);
    }

    [Fact]
    public void They_do_not_stand_in_a_fault_of_the_settings()
    {
        var options = new PackageIndexOptions { Upstream = $"ftp://reader:{Password}@index.example/simple/" };

        options.Faults().ShouldHaveSingleItem().ShouldNotContain("w0rd");
    }

    [Theory]
    [InlineData("https://index.example/simple/", true)]
    [InlineData("https://index.example:443/other", true)]
    [InlineData("https://INDEX.example/other", true)]
    [InlineData("http://index.example/simple/", false)]
    [InlineData("http://index.example:443/simple/", false)]
    [InlineData("https://index.example:8443/simple/", false)]
    [InlineData("https://index.example./simple/", false)]
    [InlineData("https://sub.index.example/simple/", false)]
    [InlineData("https://index.example.evil.example/simple/", false)]
    [InlineData("https://index.example@evil.example/simple/", false)]
    public void They_go_to_the_same_scheme_host_and_port_only(string address, bool expected)
    {
        var hosts = new FileHostPolicy(new PackageIndexOptions { Upstream = "https://u:p@index.example/simple/" });

        hosts.IsUpstream(new Uri(address)).ShouldBe(expected);
    }

    private static Task<TestGateway> StartAsync(
        FakeUpstream upstream,
        Func<PackageIndexOptions, PackageIndexOptions>? change = null
    )
    {
        var options = new PackageIndexOptions
        {
            Upstream = upstream.Url.Replace("://", $"://reader:{Uri.EscapeDataString(Password)}@"),
        };
        return TestGateway.StartAsync(change?.Invoke(options) ?? options);
    }
}
