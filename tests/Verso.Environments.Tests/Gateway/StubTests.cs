using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

/// <summary>A build that only resolves is given what wheels say of themselves, not the wheels.</summary>
public sealed class StubTests
{
    private const string Wheel = "/files/alpha-1.0-py3-none-any.whl";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stub_is_made_of_the_metadata_beside_the_wheel()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var metadata = AddWithMetadata(upstream);
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetOnlyFileAsync("alpha");

        await ShouldBeStubAsync(answer, metadata);
        upstream.Count(Wheel).ShouldBe(0);
        gateway.Served.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_is_no_metadata_by_itself_the_wheel_is_downloaded_once()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetOnlyFileAsync("alpha");
        using var again = await gateway.GetOnlyFileAsync("alpha");

        await ShouldBeStubAsync(answer, Metadata(content));
        upstream.Count(Wheel).ShouldBe(1);
        gateway.Served.ShouldHaveSingleItem().Bytes.ShouldBe(content.Length);
    }

    [Fact]
    public async Task Where_the_metadata_is_not_where_it_should_be_the_wheel_is_read()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var metadata = AddWithMetadata(upstream);
        upstream.AnswerStatus(Wheel + ".metadata", 404);
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetOnlyFileAsync("alpha");

        await ShouldBeStubAsync(answer, metadata);
    }

    [Fact]
    public async Task Metadata_that_is_not_what_the_page_names_is_refused()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        AddWithMetadata(upstream);
        upstream.Answer(Wheel + ".metadata", context => context.Response.Body.WriteAsync(new byte[10]).AsTask());
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetOnlyFileAsync("alpha");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        gateway.Remarks.ShouldContain("its SHA-256 differs");
    }

    [Fact]
    public async Task A_wheelhouses_wheel_is_shown_as_a_stub_and_costs_the_build_no_more_than_that()
    {
        using var wheels = new TemporaryDirectory();
        var wheel = new TestWheel("alpha", "1.0") { Files = { ["big.py"] = new string('#', 100_000) } };
        wheel.WriteTo(wheels.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions
            {
                Upstream = "",
                Wheelhouses = [wheels.Path],
                MaxBuildBytes = 10_000,
            },
            ticket: Resolving
        );

        using var answer = await gateway.GetOnlyFileAsync("alpha");

        await ShouldBeStubAsync(answer, Metadata(wheel.ToBytes()));
    }

    [Fact]
    public async Task Pages_promise_no_hash_for_a_stub_but_name_the_wheels_own_in_its_address()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var hash = FakeUpstream.Hash(upstream.Add("alpha", "1.0"));
        await using var gateway = await StartAsync(upstream);

        using var html = await gateway.SendAsync(HttpMethod.Get, "simple/alpha/", ("Accept", "text/html"));
        var json = (await gateway.FilesAsync("alpha")).ShouldHaveSingleItem();

        var page = await html.Content.ReadAsStringAsync(Stop);
        page.ShouldContain($"href=\"../../files/{hash}/alpha-1.0-py3-none-any.whl\"");
        page.ShouldNotContain("sha256=");
        json["hashes"]!.AsObject().ShouldBeEmpty();
        ((string)json["url"]!).ShouldContain(hash);
    }

    private static BuildTicket Resolving => TestGateway.Ticket() with { Resolves = true };

    private static Task<TestGateway> StartAsync(FakeUpstream upstream) =>
        TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url }, ticket: Resolving);

    private static byte[] AddWithMetadata(FakeUpstream upstream)
    {
        byte[] metadata = [];
        upstream.Add(
            "alpha",
            "1.0",
            file =>
            {
                metadata = Metadata(new TestWheel("alpha", "1.0").ToBytes());
                file["core-metadata"] = new JsonObject { ["sha256"] = FakeUpstream.Hash(metadata) };
            }
        );
        upstream.Answer(Wheel + ".metadata", context => context.Response.Body.WriteAsync(metadata).AsTask());
        return metadata;
    }

    private static byte[] Metadata(byte[] wheel) => WheelMetadata.TryRead(new MemoryStream(wheel)).ShouldNotBeNull();

    private static async Task ShouldBeStubAsync(HttpResponseMessage answer, byte[] metadata)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(Stop));
        archive
            .Entries.Select(entry => entry.FullName)
            .ShouldBe(["alpha-1.0.dist-info/METADATA", "alpha-1.0.dist-info/WHEEL", "alpha-1.0.dist-info/RECORD"]);
        using var content = new MemoryStream();
        await using (var entry = await archive.Entries[0].OpenAsync(Stop))
            await entry.CopyToAsync(content, Stop);
        content.ToArray().ShouldBe(metadata);
    }
}
