using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

public sealed class HostileUpstreamTests
{
    private const string File = "/files/alpha-1.0-py3-none-any.whl";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_with_another_hash_never_reaches_the_client()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Answer(File, context => context.Response.WriteAsync("something else"));
        await using var gateway = await StartAsync(upstream);

        using var file = await gateway.GetOnlyFileAsync("alpha");

        file.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await file.Content.ReadAsStringAsync(Stop)).ShouldNotContain("something else");
        gateway.Remarks.ShouldBe(
            $"alpha-1.0-py3-none-any.whl as {upstream.Authority} gives it is not the file that the package index names (its SHA-256 differs)."
        );
        gateway.Log.Text.ShouldContain(gateway.Remarks);
        ShouldHaveKeptNothing(gateway);
    }

    [Fact]
    public async Task A_file_that_was_refused_can_be_had_once_it_is_right()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Answer(File, context => context.Response.WriteAsync("something else"));
        await using var gateway = await StartAsync(upstream);
        var address = await gateway.OnlyFileAsync("alpha");
        (await gateway.StatusAsync(address)).ShouldBe(HttpStatusCode.BadGateway);

        upstream.Answer(File, context => context.Response.Body.WriteAsync(content).AsTask());

        (await gateway.Client.GetByteArrayAsync(address, Stop)).ShouldBe(content);
    }

    [Fact]
    public async Task An_endless_file_ends_at_the_limit()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Answer(File, FakeUpstream.WriteEndlesslyAsync);
        await using var gateway = await StartAsync(upstream, options => options with { MaxFileBytes = 1 << 20 });

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Remarks.ShouldBe("alpha-1.0-py3-none-any.whl is larger than 1 MiB (PackageIndex:MaxFileBytes).");
        upstream.Count(File).ShouldBe(1);
        ShouldHaveKeptNothing(gateway);
    }

    [Fact]
    public async Task A_file_that_says_it_is_too_large_is_not_even_begun()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Answer(
            File,
            async context =>
            {
                context.Response.ContentLength = 5L << 30;
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        );
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Remarks.ShouldBe("alpha-1.0-py3-none-any.whl is larger than 2 GiB (PackageIndex:MaxFileBytes).");
    }

    [Fact]
    public async Task A_build_ends_at_its_limit_however_many_files_it_takes()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var first = upstream.Add("alpha", "1.0");
        upstream.Add("beta", "1.0");
        upstream.Answer("/files/beta-1.0-py3-none-any.whl", FakeUpstream.WriteEndlesslyAsync);
        await using var gateway = await StartAsync(
            upstream,
            options => options with { MaxBuildBytes = first.Length + (1 << 20) }
        );
        var alpha = await gateway.OnlyFileAsync("alpha");

        // The same file again costs nothing.
        (await gateway.StatusAsync(alpha)).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync(alpha)).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("beta"))).ShouldBe(HttpStatusCode.Forbidden);

        gateway.Remarks.ShouldStartWith("The packages of this build are larger than");
        upstream.Count("/files/beta-1.0-py3-none-any.whl").ShouldBe(1);
    }

    [Fact]
    public async Task A_file_from_the_cache_counts_as_well()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var size = upstream.Add("alpha", "1.0").Length;
        upstream.Add("beta", "1.0");
        await using var gateway = await StartAsync(upstream, options => options with { MaxBuildBytes = size + 10 });
        using var other = gateway.Gateway.OpenBuild(TestGateway.Ticket());
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.OK);
        var alpha = await gateway.OnlyFileAsync("alpha");
        (await gateway.GetAsync($"/{other.Token}/simple/alpha/")).Dispose();
        (await gateway.GetAsync($"/{other.Token}/simple/beta/")).Dispose();

        (await gateway.StatusAsync($"/{other.Token}/{alpha}")).ShouldBe(HttpStatusCode.OK);
        var beta = await gateway.OnlyFileAsync("beta");
        (await gateway.StatusAsync($"/{other.Token}/{beta}")).ShouldBe(HttpStatusCode.Forbidden);

        ServedFile.To(other, gateway.Log.Text).ShouldHaveSingleItem().Name.ShouldBe("alpha");
    }

    [Fact]
    public async Task One_builds_limit_does_not_end_anothers_download()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Add("beta", "1.0");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer(
            File,
            async context =>
            {
                asked.TrySetResult();
                await goOn.Task;
                await context.Response.Body.WriteAsync(content);
            }
        );
        await using var gateway = await StartAsync(
            upstream,
            options => options with { MaxBuildBytes = content.Length + 10 }
        );
        using var other = gateway.Gateway.OpenBuild(TestGateway.Ticket());
        (await gateway.GetOnlyFileAsync("beta")).Dispose();
        var address = await gateway.OnlyFileAsync("alpha");
        (await gateway.GetAsync($"/{other.Token}/simple/alpha/")).Dispose();

        var poor = gateway.StatusAsync(address);
        await asked.Task.WaitAsync(Stop);
        var rich = gateway.Client.GetByteArrayAsync($"/{other.Token}/{address}", Stop);
        goOn.SetResult();

        (await poor).ShouldBe(HttpStatusCode.Forbidden);
        (await rich).ShouldBe(content);
    }

    [Fact]
    public async Task An_endless_page_ends_at_the_limit()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Answer(
            "/simple/alpha/",
            context =>
            {
                context.Response.ContentType = "text/html";
                return FakeUpstream.WriteEndlesslyAsync(context);
            }
        );
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url },
            network: new GatewayNetwork { Proxy = new WebProxy(), MaxPageBytes = 1 << 20 }
        );

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldBe($"The page of alpha at {upstream.Authority} is larger than 1 MiB.");
        upstream.Count("/simple/alpha/").ShouldBe(1);
    }

    [Fact]
    public async Task A_page_that_grows_when_decompressed_ends_at_the_limit()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var packed = new MemoryStream();
        await using (
            var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest)
        )
            await gzip.WriteAsync(new byte[4 << 20], Stop);
        upstream.Answer(
            "/simple/alpha/",
            context =>
            {
                context.Response.ContentType = "text/html";
                context.Response.Headers.ContentEncoding = "gzip";
                return context.Response.Body.WriteAsync(packed.ToArray()).AsTask();
            }
        );
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url },
            network: new GatewayNetwork { Proxy = new WebProxy(), MaxPageBytes = 1 << 20 }
        );

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldEndWith("is larger than 1 MiB.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_stalls_is_given_up(bool afterSomeBytes)
    {
        var time = new ManualTime();
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Answer(
            File,
            async context =>
            {
                if (afterSomeBytes)
                {
                    await context.Response.Body.WriteAsync(content.AsMemory(0, 20));
                    await context.Response.Body.FlushAsync();
                }
                await FakeUpstream.HangAsync(context, time);
            }
        );
        await using var gateway = await StartAsync(upstream, time: time);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldBe(
            $"The package index at {upstream.Authority} cannot be reached: it did not answer in time."
        );
        upstream.Count(File).ShouldBeInRange(1, 3); // the clock may run out before an attempt is heard
        ShouldHaveKeptNothing(gateway);
    }

    [Fact]
    public async Task A_page_that_hangs_is_given_up()
    {
        var time = new ManualTime();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Answer("/simple/alpha/", context => FakeUpstream.HangAsync(context, time));
        await using var gateway = await StartAsync(upstream, time: time);

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldBe(
            $"The package index at {upstream.Authority} cannot be reached: it did not answer in time."
        );
    }

    [Fact]
    public async Task A_closed_build_ends_what_it_waits_for()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer(
            File,
            async context =>
            {
                context.RequestAborted.Register(() => ended.TrySetResult());
                asked.TrySetResult();
                await ended.Task;
            }
        );
        await using var gateway = await StartAsync(upstream);
        var file = gateway.GetOnlyFileAsync("alpha");
        await asked.Task.WaitAsync(Stop);

        gateway.Build.Dispose();

        (await Closed(file)).ShouldBeTrue();
        await ended.Task.WaitAsync(Stop);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_is_tried_again()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Answer(
            File,
            async context =>
            {
                context.Response.ContentLength = content.Length;
                if (upstream.Count(File) == 1)
                {
                    await context.Response.Body.WriteAsync(content.AsMemory(0, 20));
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    return;
                }
                await context.Response.Body.WriteAsync(content);
            }
        );
        await using var gateway = await StartAsync(upstream);

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
        gateway.Build.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_passing_fault_of_the_index_is_not_noticed()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var hash = new string('a', 64);
        upstream.Answer(
            "/simple/alpha/",
            async context =>
            {
                context.Response.StatusCode = upstream.Count("/simple/alpha/") < 3 ? 503 : 200;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync($"<a href='/alpha-1.0-py3-none-any.whl#sha256={hash}'>a</a>");
            }
        );
        await using var gateway = await StartAsync(upstream);

        (await gateway.FileNamesAsync("alpha")).Count.ShouldBe(1);

        gateway.Build.Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(503, "cannot be reached: it answered 503 ServiceUnavailable.")]
    [InlineData(418, "cannot be reached: it answered 418 418.")]
    [InlineData(304, "cannot be reached: it answered 304 NotModified.")]
    [InlineData(401, "refuses access (401 Unauthorized); check the credentials in PackageIndex:Upstream.")]
    public async Task An_index_that_refuses_is_said_to_do_so(int status, string expected)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Answer(
            "/simple/alpha/",
            context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }
        );
        await using var gateway = await StartAsync(upstream);

        using var page = await gateway.GetAsync("simple/alpha/");

        page.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        gateway.Remarks.ShouldBe($"The package index at {upstream.Authority} {expected}");
        (await page.Content.ReadAsStringAsync(Stop)).ShouldBe(gateway.Remarks);
    }

    [Fact]
    public async Task An_index_that_is_down_is_said_to_be_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = $"http://127.0.0.1:{port}/simple/" }
        );

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldBe(
            $"The package index at 127.0.0.1:{port} cannot be reached: the connection is refused."
        );
    }

    [Fact]
    public async Task What_the_index_does_not_know_is_not_there()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Answer(
            File,
            context =>
            {
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            }
        );
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync("simple/beta/")).ShouldBe(HttpStatusCode.NotFound);
        gateway.Build.Remarks.ShouldBeEmpty();
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.NotFound);
        gateway.Remarks.ShouldBe("alpha-1.0-py3-none-any.whl is not where the package index says it is.");
    }

    [Theory]
    [InlineData("not json", FakeUpstream.Json, "that is no PEP 691 JSON.")]
    [InlineData("""{"files": {"a": 1}}""", FakeUpstream.Json, "that is no PEP 691 JSON.")]
    [InlineData("hello", "text/plain", "answered with neither JSON nor HTML.")]
    public async Task A_page_that_is_none_is_said_to_be_so(string text, string contentType, string expected)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.AnswerPage("alpha", text, contentType);
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync("simple/alpha/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldEndWith(expected);
    }

    [Fact]
    public async Task Redirects_are_followed_on_the_same_host_but_not_for_ever()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Answer(File, context => Redirect(context, "/elsewhere"));
        upstream.Answer("/elsewhere", context => context.Response.Body.WriteAsync(content).AsTask());
        upstream.Answer("/simple/beta/", context => Redirect(context, "/simple/gamma/"));
        upstream.Answer("/simple/gamma/", context => Redirect(context, "/simple/beta/"));
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.OK);
        (await gateway.StatusAsync("simple/beta/")).ShouldBe(HttpStatusCode.BadGateway);

        gateway.Remarks.ShouldBe($"The package index redirects in circles, last to {upstream.Authority}.");
        upstream.Requests.Count(request => request.Path is "/simple/beta/" or "/simple/gamma/").ShouldBe(6);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("file")]
    public async Task Redirects_to_other_hosts_are_not_followed(string what)
    {
        await using var internalService = await FakeUpstream.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Answer(
            what == "page" ? "/simple/alpha/" : File,
            context => Redirect(context, $"http://{internalService.Authority}/latest/meta-data/")
        );
        await using var gateway = await StartAsync(upstream);

        var status = await gateway.StatusAsync(what == "page" ? "simple/alpha/" : await gateway.OnlyFileAsync("alpha"));

        status.ShouldBe(HttpStatusCode.BadGateway);
        gateway.Remarks.ShouldBe(
            $"A file or page is at {internalService.Authority} over http, which PackageIndex:FileHosts does not allow."
        );
        internalService.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/alpha-1.0-py3-none-any.whl")]
    [InlineData("http://localhost/alpha-1.0-py3-none-any.whl")]
    [InlineData("file:///etc/alpha-1.0-py3-none-any.whl")]
    [InlineData("https://files.pythonhosted.org/alpha-1.0-py3-none-any.whl")]
    public async Task Files_elsewhere_are_hidden(string address)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0", file => file["url"] = address);
        await using var gateway = await StartAsync(upstream);

        (await gateway.FileNamesAsync("alpha")).ShouldBeEmpty();

        gateway.Remarks.ShouldStartWith("1 file of alpha hidden: they are at ");
    }

    [Fact]
    public async Task Files_of_another_host_that_is_named_are_served()
    {
        await using var files = await FakeUpstream.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        var content = files.Add("alpha", "1.0");
        upstream.Add("alpha", "1.0", file => file["url"] = $"http://{files.Authority}{File}");
        await using var gateway = await StartAsync(upstream, options => options with { FileHosts = [files.Authority] });

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
    }

    // Whichever of the two the client notices first.
    private static async Task<bool> Closed(Task<HttpResponseMessage> answer)
    {
        try
        {
            using var response = await answer;
            return response.StatusCode == HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private static Task Redirect(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    private static void ShouldHaveKeptNothing(TestGateway gateway) =>
        Directory.GetFiles(gateway.Layout.DownloadedFiles).ShouldBeEmpty();

    private static Task<TestGateway> StartAsync(
        FakeUpstream upstream,
        Func<PackageIndexOptions, PackageIndexOptions>? change = null,
        TimeProvider? time = null
    )
    {
        var options = new PackageIndexOptions { Upstream = upstream.Url };
        return TestGateway.StartAsync(change?.Invoke(options) ?? options, time);
    }
}
