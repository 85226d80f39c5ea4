using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

public sealed class PageTests
{
    private const string PipAccepts =
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PipAccepts, "application/vnd.pypi.simple.v1+json")]
    [InlineData("text/html", "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("", "text/html")]
    [InlineData("application/vnd.pypi.simple.latest+json; q=0.5, text/html; q=0.9", "text/html")]
    [InlineData("application/vnd.pypi.simple.v1+html, text/html; q=0.9", "application/vnd.pypi.simple.v1+html")]
    [InlineData("image/png", null)]
    [InlineData("text/html; q=0", null)]
    public async Task A_page_comes_in_the_form_that_the_client_likes_best(string accept, string? expected)
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(Local(wheels));

        using var page = await gateway.SendAsync(HttpMethod.Get, "simple/alpha/", ("Accept", accept));

        page.StatusCode.ShouldBe(expected is null ? HttpStatusCode.NotAcceptable : HttpStatusCode.OK);
        if (expected is not null)
            page.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
        page.Headers.Vary.ShouldContain("Accept");
    }

    [Fact]
    public async Task The_index_lists_what_wheelhouses_hold()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("Beta_Tools", "1.0").WriteTo(wheels.Path);
        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        wheels.Write("notes.txt", "no package");
        await using var gateway = await TestGateway.StartAsync(Local(wheels));

        var page = await gateway.Client.GetStringAsync("simple/", Stop);

        page.ShouldContain("""<a href="alpha/">alpha</a>""");
        page.ShouldContain("""<a href="beta-tools/">beta-tools</a>""");
        page.ShouldNotContain("notes");
    }

    [Fact]
    public async Task A_wheelhouse_is_read_anew_when_it_changes()
    {
        using var wheels = new TemporaryDirectory();
        await using var gateway = await TestGateway.StartAsync(Local(wheels));
        using (var early = gateway.Gateway.OpenBuild(TestGateway.Ticket()))
            (await gateway.StatusAsync($"/{early.Token}/simple/alpha/")).ShouldBe(HttpStatusCode.NotFound);

        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-1.0-py3-none-any.whl"]);
        var changed = new TestWheel("alpha", "1.0") { RequiresPython = ">=3.9" };
        changed.WriteTo(wheels.Path);

        using var build = gateway.Gateway.OpenBuild(TestGateway.Ticket());
        var page = await gateway.Client.GetStringAsync($"/{build.Token}/simple/alpha/", Stop);
        page.ShouldContain(FakeUpstream.Hash(changed.ToBytes()));
        page.ShouldContain("data-requires-python=\"&gt;=3.9\"");
    }

    [Fact]
    public async Task A_page_stays_as_a_build_saw_it_first()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });
        (await gateway.FileNamesAsync("alpha")).Count.ShouldBe(1);
        (await gateway.StatusAsync("simple/beta/")).ShouldBe(HttpStatusCode.NotFound);

        upstream.Add("alpha", "2.0");
        upstream.Add("beta", "1.0");

        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-1.0-py3-none-any.whl"]);
        upstream.Count("/simple/alpha/").ShouldBe(1);
        (await gateway.StatusAsync("simple/beta/")).ShouldBe(HttpStatusCode.NotFound);
        upstream.Count("/simple/beta/").ShouldBe(1);
    }

    [Fact]
    public async Task The_index_of_html_is_read_when_there_is_no_json()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("alpha", "1.0") { RequiresPython = ">=3.8,<4" }.WriteTo(wheels.Path);
        await using var upstream = await TestIndex.StartAsync(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url.ToString().TrimEnd('/') }
        );

        var file = (await gateway.FilesAsync("alpha")).ShouldHaveSingleItem();

        ((string?)file["requires-python"]).ShouldBe(">=3.8,<4");
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("simple/Alpha_Tools/", "simple/alpha-tools/")]
    [InlineData("simple/alpha-tools", "simple/alpha-tools/")]
    [InlineData("simple", "simple/")]
    public async Task Another_spelling_leads_to_the_page(string asked, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = "" });

        using var response = await gateway.GetAsync(asked);

        response.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        response.Headers.Location!.ToString().ShouldBe($"/{gateway.Build.Token}/{expected}");
    }

    [Theory]
    [InlineData("simple/-alpha/")]
    [InlineData("simple/al%20pha/")]
    [InlineData("simple/%2e%2e%2f%2e%2e%2fetc/")]
    [InlineData("simple/..%2f..%2fetc/")]
    [InlineData("simple/a%00b/")]
    [InlineData("simple/%3Cscript%3E/")]
    [InlineData("simple/alpha/extra/")]
    [InlineData("files/")]
    [InlineData("files/..%2f..%2fetc%2fpasswd/x.whl")]
    [InlineData("files/0000000000000000000000000000000000000000000000000000000000000000/..%2fx.whl")]
    [InlineData("other/")]
    public async Task What_no_package_can_be_called_is_refused_without_asking_anybody(string path)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        ((int)await gateway.StatusAsync(path)).ShouldBeOneOf(400, 404);

        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_longer_than_any_is_refused()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        (await gateway.StatusAsync($"simple/{new string('a', 200)}/")).ShouldBe(HttpStatusCode.NotFound);

        upstream.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Only_get_and_head_are_answered(string method)
    {
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = "" });

        using var response = await gateway.SendAsync(new HttpMethod(method), "simple/alpha/");

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Metadata_is_served_but_not_named()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(Local(wheels));

        var file = (await gateway.FilesAsync("alpha")).ShouldHaveSingleItem().AsObject();
        var html = await gateway.Client.GetStringAsync("simple/alpha/", Stop);

        file.ContainsKey("core-metadata").ShouldBeFalse();
        file.ContainsKey("dist-info-metadata").ShouldBeFalse();
        html.ShouldNotContain("metadata=");
        var metadata = await gateway.Client.GetByteArrayAsync(await gateway.OnlyFileAsync("alpha") + ".metadata", Stop);
        Encoding.UTF8.GetString(metadata).ShouldContain("Name: alpha\nVersion: 1.0");
    }

    [Fact]
    public async Task Text_of_the_upstream_cannot_break_out_of_a_page()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        const string Hostile = "\"><script>alert(1)</script>";
        upstream.Add("alpha", "1.0", file => file["requires-python"] = Hostile);
        upstream.AddFile("alpha", $"alpha-2.0-py3-none-any{Hostile}.whl", [1]);
        upstream.AddFile("alpha", "../../alpha-3.0-py3-none-any.whl", [1]);
        upstream.AddFile("alpha", "alpha-3.0-py3-none-any.whl\r\nX: y", [1]);
        upstream.AddFile("alpha", "alpha-3.0-py3-none-any\u202E.whl", [1]);
        upstream.AddFile("alpha", "beta-3.0-py3-none-any.whl", [1]);
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        var html = await gateway.Client.GetStringAsync("simple/alpha/", Stop);

        html.ShouldNotContain("<script");
        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-1.0-py3-none-any.whl"]);
    }

    [Fact]
    public async Task Html_with_hostile_names_yields_only_sound_ones()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var hash = new string('a', 64);
        upstream.AnswerPage(
            "alpha",
            $"""
            <a href="/files/alpha-1.0-py3-none-any.whl#sha256={hash}" data-requires-python="&gt;=3.8">good</a>
            <a href="/files/..%2f..%2fetc%2falpha-2.0-py3-none-any.whl#sha256={hash}">up</a>
            <a href="/files/alpha-3.0-py3-none-any.whl%22%3E%3Cscript%3E#sha256={hash}">script</a>
            <a href="javascript:alert(1)/alpha-4.0-py3-none-any.whl#sha256={hash}">script</a>
            <a href="file:///etc/alpha-5.0-py3-none-any.whl#sha256={hash}">file</a>
            <a href="//evil.example/alpha-6.0-py3-none-any.whl#sha256={hash}">elsewhere</a>
            <a href="http://[::bad/alpha-7.0-py3-none-any.whl#sha256={hash}">no address</a>
            <a href="/files/alpha-8.0-py3-none-any.whl#md5=00">weak</a>
            <a>nothing</a><a href>nothing</a>{string.Concat(Enumerable.Repeat("<div><a href='x'>", 50_000))}
            """
        );
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        var file = (await gateway.FilesAsync("alpha")).ShouldHaveSingleItem();

        ((string?)file["filename"]).ShouldBe("alpha-1.0-py3-none-any.whl");
        ((string?)file["requires-python"]).ShouldBe(">=3.8");
        gateway.Remarks.ShouldContain("evil.example over http, which PackageIndex:FileHosts does not allow");
    }

    [Fact]
    public async Task A_base_element_changes_where_addresses_start()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.AnswerPage(
            "alpha",
            $"<base href='/files/'><a href='alpha-1.0-py3-none-any.whl#egg=x&amp;sha256={FakeUpstream.Hash(content)}'>a</a>"
        );
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
    }

    [Fact]
    public async Task A_page_with_odd_values_yields_what_makes_sense()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0", file => file["hashes"] = new JsonArray("x"));
        upstream.Add("alpha", "2.0", file => file["requires-python"] = new JsonObject());
        upstream.Add("alpha", "3.0", file => file["url"] = null);
        upstream.Add("alpha", "4.0", file => file["hashes"] = new JsonObject { ["sha256"] = "../../etc/passwd" });
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-2.0-py3-none-any.whl"]);
        gateway.Remarks.ShouldBe("2 files of alpha hidden: the package index names no SHA-256 for them.");
    }

    private static PackageIndexOptions Local(TemporaryDirectory wheels) =>
        new() { Upstream = "", Wheelhouses = [wheels.Path] };
}
