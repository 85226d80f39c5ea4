using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

public sealed class FileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_passed_on_recorded_and_logged()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream);

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
        var hash = FakeUpstream.Hash(content);
        gateway.Log.Text.ShouldBe(
            $"Build {gateway.Build.Id} of requirements the-requirements-key was served alpha 1.0 (sha256 {hash}, {content.Length} bytes) from {upstream.Authority}"
        );
        gateway.Log.Text.ShouldNotContain(gateway.Build.Token);
    }

    [Fact]
    public async Task Head_and_ranges_work()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream);
        var address = await gateway.OnlyFileAsync("alpha");

        using var head = await gateway.SendAsync(HttpMethod.Head, address);
        using var part = await gateway.SendAsync(HttpMethod.Get, address, ("Range", "bytes=10-19"));
        using var outside = await gateway.SendAsync(HttpMethod.Get, address, ("Range", "bytes=9999999-"));

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(content.Length);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(10, 19, content.Length));
        (await part.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content[10..20]);
        outside.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task Only_files_that_a_page_has_named_to_this_build_are_served()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream);
        var address = await gateway.OnlyFileAsync("alpha");
        using var other = gateway.Gateway.OpenBuild(TestGateway.Ticket());

        (await gateway.StatusAsync($"/{other.Token}/{address}")).ShouldBe(HttpStatusCode.NotFound);
        (await gateway.StatusAsync(address.Replace("alpha", "omega"))).ShouldBe(HttpStatusCode.NotFound);
        (await gateway.StatusAsync(address)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_that_was_downloaded_once_is_kept_for_other_builds_and_processes()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        using var store = new TemporaryDirectory();
        await using (var first = await StartAsync(upstream, store: store.Path))
            (await first.GetOnlyFileAsync("alpha")).Dispose();

        await using var second = await StartAsync(upstream, store: store.Path);
        using var file = await second.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
        upstream.Count("/files/alpha-1.0-py3-none-any.whl").ShouldBe(1);
        second.Served.ShouldHaveSingleItem().Source.ShouldBe("cache");
        Directory
            .GetFiles(second.Layout.DownloadedFiles)
            .ShouldBe([second.Layout.DownloadedFile(FakeUpstream.Hash(content))]);
    }

    [Fact]
    public async Task Many_who_ask_for_one_file_at_once_wait_for_one_download()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer(
            "/files/alpha-1.0-py3-none-any.whl",
            async context =>
            {
                await context.Response.Body.WriteAsync(content.AsMemory(0, 10));
                await context.Response.Body.FlushAsync();
                asked.TrySetResult();
                await goOn.Task;
                await context.Response.Body.WriteAsync(content.AsMemory(10));
            }
        );
        await using var gateway = await StartAsync(upstream);
        var address = await gateway.OnlyFileAsync("alpha");
        var downloads = Enumerable.Range(0, 8).Select(_ => gateway.Client.GetByteArrayAsync(address, Stop)).ToList();
        await asked.Task.WaitAsync(Stop);
        downloads.ShouldAllBe(download => !download.IsCompleted);

        goOn.SetResult();

        foreach (var download in downloads)
            (await download).ShouldBe(content);
        upstream.Count("/files/alpha-1.0-py3-none-any.whl").ShouldBe(1);
    }

    [Fact]
    public async Task A_download_goes_on_for_those_who_stay()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer(
            "/files/alpha-1.0-py3-none-any.whl",
            async context =>
            {
                asked.TrySetResult();
                await goOn.Task;
                await context.Response.Body.WriteAsync(content);
            }
        );
        await using var gateway = await StartAsync(upstream);
        var address = await gateway.OnlyFileAsync("alpha");
        using var leaving = new CancellationTokenSource();
        var left = gateway.Client.GetByteArrayAsync(address, leaving.Token);
        await asked.Task.WaitAsync(Stop);
        var stayed = gateway.Client.GetByteArrayAsync(address, Stop);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        goOn.SetResult();

        (await stayed).ShouldBe(content);
    }

    [Fact]
    public async Task The_least_recently_used_files_go_first()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var time = new ManualTime();
        var sizes = new Dictionary<string, byte[]>();
        foreach (var name in (string[])["alpha", "beta1", "gamma"])
            sizes[name] = upstream.Add(name, "1.0");
        var room = sizes["alpha"].Length + sizes["beta1"].Length + sizes["gamma"].Length - 1;
        await using var gateway = await StartAsync(upstream, options => options with { CacheBytes = room }, time);

        foreach (var name in (string[])["alpha", "beta1", "alpha", "gamma"])
        {
            (await gateway.GetOnlyFileAsync(name)).Dispose();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Directory
            .GetFiles(gateway.Layout.DownloadedFiles)
            .Select(Path.GetFileName)
            .ShouldBe([FakeUpstream.Hash(sizes["alpha"]), FakeUpstream.Hash(sizes["gamma"])], ignoreOrder: true);
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("beta1"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_larger_than_the_whole_cache_is_served_nevertheless()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream, options => options with { CacheBytes = 0 });

        using var file = await gateway.GetOnlyFileAsync("alpha");

        (await file.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(content);
    }

    [Fact]
    public async Task Metadata_beside_a_file_is_verified_and_spares_the_download()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        byte[] metadata = [.. "Name: alpha\nVersion: 1.0\n"u8];
        upstream.Add(
            "alpha",
            "1.0",
            file => file["core-metadata"] = new JsonObject { ["sha256"] = FakeUpstream.Hash(metadata) }
        );
        upstream.Add(
            "beta",
            "1.0",
            file => file["core-metadata"] = new JsonObject { ["sha256"] = FakeUpstream.Hash([1, 2, 3]) }
        );
        foreach (var name in (string[])["alpha", "beta"])
            upstream.Answer(
                $"/files/{name}-1.0-py3-none-any.whl.metadata",
                context => context.Response.Body.WriteAsync(metadata).AsTask()
            );
        await using var gateway = await StartAsync(upstream);

        var served = await gateway.Client.GetByteArrayAsync(await gateway.OnlyFileAsync("alpha") + ".metadata", Stop);

        served.ShouldBe(metadata);
        (await gateway.StatusAsync(await gateway.OnlyFileAsync("beta") + ".metadata")).ShouldBe(
            HttpStatusCode.BadGateway
        );
        upstream.Requests.ShouldNotContain(request => request.Path.EndsWith(".whl"));
    }

    [Fact]
    public async Task Metadata_without_a_hash_is_not_served()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0", file => file["core-metadata"] = true);
        await using var gateway = await StartAsync(upstream);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha") + ".metadata")).ShouldBe(
            HttpStatusCode.NotFound
        );

        upstream.Count("/files/alpha-1.0-py3-none-any.whl.metadata").ShouldBe(0);
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_cache_goes_after_a_day()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        var time = new ManualTime();
        await using var gateway = await StartAsync(upstream, time: time);
        foreach (var (name, hours) in (ReadOnlySpan<(string, int)>)[("old.tmp", 25), ("new.tmp", 23)])
        {
            Directory.CreateDirectory(gateway.Layout.DownloadedFiles);
            var path = gateway.Layout.DownloadedFile(name);
            File.WriteAllText(path, "half");
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().AddHours(-hours).UtcDateTime);
        }

        (await gateway.GetOnlyFileAsync("alpha")).Dispose();

        Directory
            .GetFiles(gateway.Layout.DownloadedFiles)
            .Select(Path.GetFileName)
            .ShouldBe(["new.tmp", FakeUpstream.Hash(content)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wheelhouse_file_that_changes_after_its_page_is_not_served()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("alpha", "1.0").WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = "", Wheelhouses = [wheels.Path] }
        );
        var address = await gateway.OnlyFileAsync("alpha");
        (await gateway.StatusAsync(address)).ShouldBe(HttpStatusCode.OK);
        gateway.Served.ShouldHaveSingleItem().Source.ShouldBe(wheels.Path);

        new TestWheel("alpha", "1.0") { RequiresPython = ">=3.9" }.WriteTo(wheels.Path);

        (await gateway.StatusAsync(address)).ShouldBe(HttpStatusCode.NotFound);
        gateway.Remarks.ShouldContain("alpha-1.0-py3-none-any.whl has changed");
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_said_to_be_so()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream);
        Directory.CreateDirectory(gateway.Layout.Root);
        await File.WriteAllTextAsync(gateway.Layout.DownloadedFiles, "in the way", Stop);

        (await gateway.StatusAsync(await gateway.OnlyFileAsync("alpha"))).ShouldBe(HttpStatusCode.InternalServerError);

        gateway.Remarks.ShouldStartWith("The store cannot be used: ");
    }

    private static Task<TestGateway> StartAsync(
        FakeUpstream upstream,
        Func<PackageIndexOptions, PackageIndexOptions>? change = null,
        TimeProvider? time = null,
        string? store = null
    )
    {
        var options = new PackageIndexOptions { Upstream = upstream.Url };
        return TestGateway.StartAsync(change?.Invoke(options) ?? options, time, store: store);
    }
}
