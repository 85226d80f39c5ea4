using System.Net;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

/// <summary>Which names and files a build may see.</summary>
public sealed class PolicyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_a_wheelhouse_holds_is_never_asked_upstream()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("acme-tools", "99.0");
        using var wheels = new TemporaryDirectory();
        new TestWheel("Acme_Tools", "1.0").WriteTo(wheels.Path);
        await using var gateway = await StartAsync(upstream, options => options with { Wheelhouses = [wheels.Path] });

        (await gateway.FileNamesAsync("acme-tools")).ShouldBe(["acme_tools-1.0-py3-none-any.whl"]);

        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_a_wheelhouse_holds_only_as_source_is_never_asked_upstream()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("acme-tools", "99.0");
        using var wheels = new TemporaryDirectory();
        wheels.Write("acme-tools-1.0.tar.gz", "source");
        await using var gateway = await StartAsync(upstream, options => options with { Wheelhouses = [wheels.Path] });

        (await gateway.FileNamesAsync("acme-tools")).ShouldBeEmpty();

        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_wheelhouse_cannot_be_read_no_name_is_asked_upstream()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("acme-tools", "99.0");
        using var wheels = new TemporaryDirectory();
        var missing = wheels.Combine("unmounted");
        await using var gateway = await StartAsync(upstream, options => options with { Wheelhouses = [missing] });

        (await gateway.StatusAsync("simple/acme-tools/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldStartWith($"The wheelhouse {missing} cannot be read: ");
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_wheelhouse_hides_the_same_file_of_a_later_one()
    {
        using var first = new TemporaryDirectory();
        using var second = new TemporaryDirectory();
        var content = new TestWheel("alpha", "1.0");
        content.WriteTo(first.Path);
        new TestWheel("alpha", "1.0") { RequiresPython = ">=3" }.WriteTo(second.Path);
        new TestWheel("alpha", "2.0").WriteTo(second.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = "", Wheelhouses = [first.Path, second.Path] }
        );

        var files = await gateway.FilesAsync("alpha");

        files
            .Select(file => (string)file["filename"]!)
            .ShouldBe(["alpha-1.0-py3-none-any.whl", "alpha-2.0-py3-none-any.whl"]);
        ((string)files[0]["hashes"]!["sha256"]!).ShouldBe(FakeUpstream.Hash(content.ToBytes()));
    }

    [Theory]
    [InlineData("secret", HttpStatusCode.NotFound)]
    [InlineData("acme-anything", HttpStatusCode.NotFound)]
    [InlineData("acme", HttpStatusCode.OK)]
    [InlineData("acmeother", HttpStatusCode.OK)]
    public async Task Private_names_are_never_asked_upstream(string name, HttpStatusCode expected)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add(name, "1.0");
        await using var gateway = await StartAsync(
            upstream,
            options => options with { PrivateNames = ["Secret", "ACME_*"] }
        );

        (await gateway.StatusAsync($"simple/{name}/")).ShouldBe(expected);

        upstream.Requests.Count.ShouldBe(expected == HttpStatusCode.OK ? 1 : 0);
        if (expected != HttpStatusCode.OK)
            gateway.Remarks.ShouldBe(
                $"{name} is in no wheelhouse, and is not asked of the package index (PackageIndex:PrivateNames)."
            );
    }

    [Fact]
    public async Task Private_names_in_a_wheelhouse_are_served()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("secret", "1.0").WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions
            {
                Upstream = "",
                Wheelhouses = [wheels.Path],
                PrivateNames = ["secret"],
            }
        );

        (await gateway.FileNamesAsync("secret")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Names_can_be_denied()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        using var wheels = new TemporaryDirectory();
        new TestWheel("bad-one", "1.0").WriteTo(wheels.Path);
        await using var gateway = await StartAsync(
            upstream,
            options => options with { DeniedNames = ["evil", "bad-*"], Wheelhouses = [wheels.Path] }
        );

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync("simple/evil/")).ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.StatusAsync("simple/bad-one/")).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Build.Remarks.ShouldBe([
            "evil is not allowed here (PackageIndex:DeniedNames).",
            "bad-one is not allowed here (PackageIndex:DeniedNames).",
        ]);
        (await gateway.Client.GetStringAsync("simple/", Stop)).ShouldNotContain("bad-one");
        upstream.Count("/simple/evil/").ShouldBe(0);
    }

    [Fact]
    public async Task Only_allowed_names_are_served_when_there_are_any()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Add("sci-kit", "1.0");
        await using var gateway = await StartAsync(
            upstream,
            options => options with { AllowedNames = ["alpha", "sci-*"], DeniedNames = ["sci-bad"] }
        );

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync("simple/sci-kit/")).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync("simple/sci-bad/")).ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.StatusAsync("simple/omega/")).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Remarks.ShouldContain(
            "omega is not among the packages that are allowed here (PackageIndex:AllowedNames)."
        );
    }

    [Fact]
    public async Task Source_distributions_are_never_served()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha-x", "1.0");
        foreach (
            var name in (string[])
                [
                    .. (string[])["alpha-x-0.9.tar.gz", "alpha_x-0.8.zip", "alpha-x-1.0.post1.tar.gz"],
                    .. (string[])["alpha-x-y-1.0.tar.gz", "alpha-x-1.0.exe", "alpha-x.tar.gz", "alpha-x-1.0.egg"],
                ]
        )
            upstream.AddFile("alpha-x", name, [1]);
        await using var gateway = await StartAsync(upstream);

        (await gateway.FileNamesAsync("alpha-x")).ShouldBe(["alpha_x-1.0-py3-none-any.whl"]);

        gateway.Build.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yanked_files_are_hidden_unless_pinned()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Add("alpha", "2.0", file => file["yanked"] = "broken");
        upstream.Add("alpha", "3.0", file => file["yanked"] = true);
        upstream.Add("alpha", "4.0", file => file["yanked"] = false);
        await using var gateway = await StartAsync(upstream);
        await using var pinned = await StartAsync(upstream, ticket: TestGateway.Ticket(("Alpha", "3")));

        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-1.0-py3-none-any.whl", "alpha-4.0-py3-none-any.whl"]);
        (await pinned.FileNamesAsync("alpha")).ShouldBe([
            "alpha-1.0-py3-none-any.whl",
            "alpha-3.0-py3-none-any.whl",
            "alpha-4.0-py3-none-any.whl",
        ]);
        var yanked = (await pinned.FilesAsync("alpha"))[1];
        ((bool)yanked["yanked"]!).ShouldBeTrue();
        (await pinned.Client.GetStringAsync("simple/alpha/", Stop)).ShouldContain("data-yanked=\"\"");
    }

    [Fact]
    public async Task Files_younger_than_the_cooldown_are_hidden()
    {
        var time = new ManualTime();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0", file => file["upload-time"] = Before(time, days: 30));
        upstream.Add("alpha", "2.0", file => file["upload-time"] = Before(time, days: 6));
        upstream.Add("alpha", "3.0", file => file["upload-time"] = Before(time, days: 0));
        upstream.Add("alpha", "4.0");
        upstream.Add("alpha", "5.0", file => file["upload-time"] = "soon");
        using var wheels = new TemporaryDirectory();
        new TestWheel("beta", "1.0").WriteTo(wheels.Path);
        await using var gateway = await StartAsync(
            upstream,
            options => options with { MinimumAge = TimeSpan.FromDays(7), Wheelhouses = [wheels.Path] },
            time
        );

        (await gateway.FileNamesAsync("alpha")).ShouldBe(["alpha-1.0-py3-none-any.whl"]);
        (await gateway.FileNamesAsync("beta")).Count.ShouldBe(1);

        gateway.Build.Remarks.ShouldBe([
            "2 files of alpha hidden: they are younger than 7 days (PackageIndex:MinimumAge).",
            "2 files of alpha hidden: the package index does not say when they were uploaded (PackageIndex:MinimumAge).",
        ]);

        time.Advance(TimeSpan.FromDays(1));
        using var later = gateway.Gateway.OpenBuild(TestGateway.Ticket());
        var page = await gateway.Client.GetStringAsync($"/{later.Token}/simple/alpha/", Stop);
        page.ShouldContain("alpha-2.0-");
        page.ShouldNotContain("alpha-3.0-");
    }

    [Fact]
    public async Task The_size_limit_holds_for_wheelhouses_too()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions
            {
                Upstream = "",
                Wheelhouses = [wheels.Path],
                MaxFileBytes = 10,
            }
        );

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Remarks.ShouldBe("alpha-1.0-py3-none-any.whl is larger than 10 bytes (PackageIndex:MaxFileBytes).");
    }

    private static string Before(ManualTime time, int days) =>
        $"{time.GetUtcNow().AddDays(-days):yyyy-MM-ddTHH:mm:ssZ}";

    private static Task<TestGateway> StartAsync(
        FakeUpstream upstream,
        Func<PackageIndexOptions, PackageIndexOptions>? change = null,
        TimeProvider? time = null,
        BuildTicket? ticket = null
    )
    {
        var options = new PackageIndexOptions { Upstream = upstream.Url };
        return TestGateway.StartAsync(change?.Invoke(options) ?? options, time, ticket);
    }
}
