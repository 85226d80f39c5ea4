using Verso.Environments.Gateway;
using Verso.Environments.Resolving;
using Verso.Environments.Tests.Resolving;

namespace Verso.Environments.Tests.Gateway;

/// <summary>Verso itself fetches what was resolved, without pip and without a socket.</summary>
public sealed class OpenPinTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resolved_wheel_is_opened_recorded_and_logged()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream, Pin(content));

        await using var file = await gateway.Build.OpenAsync(Pin(content), Stop);

        (await ReadAsync(file)).ShouldBe(content);
        var served = gateway.Served.ShouldHaveSingleItem();
        (served.Name, served.Sha256, served.Bytes).ShouldBe(("alpha", FakeUpstream.Hash(content), content.Length));
        gateway.Log.Text.ShouldContain("was served alpha 1.0");
    }

    [Fact]
    public async Task It_is_opened_though_it_was_yanked_since()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0", file => file["yanked"] = "broken");
        await using var gateway = await StartAsync(upstream, Pin(content));

        await using var file = await gateway.Build.OpenAsync(Pin(content), Stop);

        (await ReadAsync(file)).ShouldBe(content);
    }

    [Fact]
    public async Task It_is_opened_under_the_name_it_has_in_a_wheelhouse()
    {
        using var wheels = new TemporaryDirectory();
        var wheel = new TestWheel("alpha", "1.0");
        wheel.WriteTo(wheels.Path);
        var pin = Pin(wheel.ToBytes()) with { Name = "Alpha" };
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = "", Wheelhouses = [wheels.Path] },
            ticket: TestGateway.Ticket((pin.Name, pin.Version))
        );

        await using var file = await gateway.Build.OpenAsync(pin, Stop);

        (await ReadAsync(file)).ShouldBe(wheel.ToBytes());
        gateway.Served.ShouldHaveSingleItem().Source.ShouldBe(wheels.Path);
    }

    [Fact]
    public async Task Another_file_of_the_same_version_is_not_taken_for_it()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        var pin = Pin([1, 2, 3]);
        await using var gateway = await StartAsync(upstream, pin);

        var refused = await Should.ThrowAsync<GatewayException>(() => gateway.Build.OpenAsync(pin, Stop));

        refused.Message.ShouldBe("alpha-1.0-py3-none-any.whl, as alpha 1.0 was resolved, is not offered any more.");
        refused.PassesOver.ShouldBeFalse();
        gateway.Build.Remarks.ShouldBe([refused.Message]);
        gateway.Log.Text.ShouldContain(refused.Message);
    }

    [Fact]
    public async Task A_file_that_is_not_what_the_page_names_is_refused()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        upstream.Answer(
            "/files/alpha-1.0-py3-none-any.whl",
            context => context.Response.Body.WriteAsync(new byte[content.Length]).AsTask()
        );
        await using var gateway = await StartAsync(upstream, Pin(content));

        var refused = await Should.ThrowAsync<GatewayException>(() => gateway.Build.OpenAsync(Pin(content), Stop));

        refused.Message.ShouldContain("its SHA-256 differs");
    }

    [Fact]
    public async Task The_builds_limit_holds()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url, MaxBuildBytes = content.Length - 1 }
        );

        var refused = await Should.ThrowAsync<GatewayException>(() => gateway.Build.OpenAsync(Pin(content), Stop));

        refused.Message.ShouldContain("(PackageIndex:MaxBuildBytes)");
        refused.PassesOver.ShouldBeFalse();
    }

    [Fact]
    public async Task An_index_that_is_down_may_be_up_another_time()
    {
        var upstream = await FakeUpstream.StartAsync();
        var content = upstream.Add("alpha", "1.0");
        await using var gateway = await StartAsync(upstream, Pin(content));
        await upstream.DisposeAsync();

        var refused = await Should.ThrowAsync<GatewayException>(() => gateway.Build.OpenAsync(Pin(content), Stop));

        refused.Message.ShouldEndWith("cannot be reached: the connection is refused.");
        refused.PassesOver.ShouldBeTrue();
    }

    [NeedsSandbox]
    [Fact]
    public async Task What_was_resolved_is_found_again()
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Add(new TestWheel("alpha", "1.0") { Requires = ["beta"] }, withMetadata: true);
        fixture.Add(new TestWheel("beta", "1.0"));
        var pins = await fixture.ResolveAsync("alpha");
        using var build = fixture.Gateway.OpenBuild(TestGateway.Ticket());

        foreach (var pin in pins)
        {
            await using var file = await build.OpenAsync(pin, Stop);
            FakeUpstream.Hash(await ReadAsync(file)).ShouldBe(pin.Sha256);
            file.Length.ShouldBe(pin.Bytes!.Value);
        }

        pins.Count.ShouldBe(2);
    }

    private static Pin Pin(byte[] content) =>
        new("alpha", "1.0", "alpha-1.0-py3-none-any.whl", FakeUpstream.Hash(content), content.Length, true, []);

    private static Task<TestGateway> StartAsync(FakeUpstream upstream, Pin pin) =>
        TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url },
            ticket: TestGateway.Ticket((pin.Name, pin.Version))
        );

    private static async Task<byte[]> ReadAsync(Stream file)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, Stop);
        return content.ToArray();
    }
}
