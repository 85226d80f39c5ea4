using Verso.Environments.Building;

namespace Verso.Environments.Tests.Resolving;

[NeedsSandbox]
public sealed class ResolverTests
{
    [Theory]
    [InlineData("app[more]==1.0", "helper==1.0")]
    [InlineData("app[more]", "helper")]
    [InlineData("app==1.0", "helper==1.0", "extra==1.0")]
    public async Task It_is_known_who_asked_for_a_package(params string[] lines)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Add(
            new TestWheel("App", "1.0") { Requires = ["helper"], Extras = { ["more"] = ["extra"] } },
            withMetadata: true
        );
        fixture.Add(new TestWheel("helper", "1.0") { Requires = ["packaging"] });
        fixture.Add(new TestWheel("extra", "1.0") { Requires = ["helper"] });

        var pins = await fixture.ResolveAsync(lines);

        var asksForExtra = lines[0].Contains('[');
        pins.Select(pin => $"{pin.Name} {pin.Requested} by {string.Join(' ', pin.RequiredBy)}")
            .ShouldBe([
                "App True by ",
                $"extra {!asksForExtra} by {(asksForExtra ? "App" : "")}",
                "helper True by App extra",
            ]);
        pins.ShouldAllBe(pin => pin.FileName.EndsWith(".whl") && pin.Sha256.Length == 64);
    }

    [Theory]
    [InlineData("big==1.0")]
    [InlineData("big")]
    public async Task A_large_wheel_is_not_fetched_to_resolve_and_its_size_is_known(string line)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        var wheel = new TestWheel("big", "1.0") { Files = { ["big.py"] = new string('#', 1_000_000) } };
        fixture.Add(wheel, withMetadata: true);

        var pin = (await fixture.ResolveAsync(line)).ShouldHaveSingleItem();

        pin.Bytes.ShouldBe(wheel.ToBytes().Length);
        fixture.Upstream.Requests.ShouldNotContain(request => request.Path.EndsWith(".whl"));
        Directory.GetFiles(fixture.Layout.DownloadedFiles).ShouldAllBe(file => new FileInfo(file).Length < 1000);
    }

    [Theory]
    [InlineData("alpha==1.0")]
    [InlineData("alpha")]
    public async Task The_size_of_what_was_downloaded_is_known_where_the_index_does_not_say(string line)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        var content = fixture.Upstream.Add("alpha", "1.0");

        var pin = (await fixture.ResolveAsync(line)).ShouldHaveSingleItem();

        pin.Bytes.ShouldBe(content.Length);
    }

    [Fact]
    public async Task What_is_plain_needs_no_pip()
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Add(new TestWheel("alpha", "1.0"));

        (await fixture.ResolveAsync("alpha<2")).ShouldHaveSingleItem();
        fixture.Log.Lines.ShouldBe(["Resolved to alpha 1.0."]);

        (await fixture.ResolveAsync("alpha===1.0")).ShouldHaveSingleItem();
        fixture.Log.Lines.ShouldContain(line => line.StartsWith("Collecting alpha"));
    }

    [Fact]
    public async Task All_pages_that_pip_is_sure_to_ask_for_are_asked_for_at_once()
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Add(new TestWheel("alpha", "1.0"));
        fixture.Add(new TestWheel("beta", "1.0"));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Upstream.Intercept = async path =>
        {
            // pip would not ask for beta before it has alpha's page.
            if (path == "/simple/beta/")
                asked.TrySetResult();
            else if (path == "/simple/alpha/")
                await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        };

        var pins = await fixture.ResolveAsync("alpha", "beta");

        pins.Count.ShouldBe(2);
        fixture.Upstream.Count("/simple/alpha/").ShouldBe(1);
        fixture.Upstream.Count("/simple/beta/").ShouldBe(1);
    }

    [Theory]
    [InlineData("alpha", "new")]
    [InlineData("alpha==1.0", "new==1.0")]
    public async Task A_failure_is_not_explained_with_what_is_wrong_elsewhere(params string[] lines)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Index = fixture.Index with { MinimumAge = TimeSpan.FromDays(7) };
        fixture.Add(new TestWheel("new", "1.0"));

        var failed = await Should.ThrowAsync<BuildException>(() => fixture.ResolveAsync(lines));

        failed.Message.ShouldStartWith($"'{lines[0]}' was not found");
    }

    [Theory]
    [InlineData("absent", false)]
    [InlineData("absent==1.0", false)]
    [InlineData("alpha==7.0", false)]
    [InlineData("alpha>7", false)]
    [InlineData("alpha==1.0|needs-two==1.0", false)]
    [InlineData("denied==1.0", false)]
    [InlineData("denied", false)]
    [InlineData("down==1.0", true)]
    [InlineData("down", true)]
    [InlineData("alpha|down>1", true)]
    public async Task What_may_pass_is_told_from_what_will_not(string lines, bool isTransient)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Index = fixture.Index with { DeniedNames = ["denied"] };
        fixture.Add(new TestWheel("alpha", "1.0"));
        fixture.Add(new TestWheel("needs-two", "1.0") { Requires = ["alpha>=2"] });
        fixture.Upstream.AnswerStatus("/simple/down/", 503);

        var failed = await Should.ThrowAsync<BuildException>(() => fixture.ResolveAsync(lines.Split('|')));

        failed.IsTransient.ShouldBe(isTransient, failed.Message);
    }

    [Theory]
    [InlineData("down==1.0")]
    [InlineData("down")]
    public async Task With_and_without_pip_a_failure_has_the_same_sentence(string line)
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Upstream.AnswerStatus("/simple/down/", 503);

        var failed = await Should.ThrowAsync<BuildException>(() => fixture.ResolveAsync(line));

        failed.Message.ShouldBe(
            $"The package index at {fixture.Upstream.Authority} cannot be reached: it answered 503 ServiceUnavailable."
        );
        fixture.Log.Lines.ShouldContain(failed.Message);
    }

    [Fact]
    public async Task A_Python_that_prints_things_of_its_own_is_found_out()
    {
        await using var fixture = await ResolvingFixture.StartAsync();
        fixture.Add(new TestWheel("alpha", "1.0"));
        fixture.UsePython("""case $3 in *"Lets pip resolve"*) echo 'Welcome!'; exit ;; esac""");

        var failure = await Should.ThrowAsync<BuildException>(() => fixture.ResolveAsync("alpha===1.0"));

        failure.Message.ShouldBe(
            "pip ended well, but what it chose cannot be read; does this Python print anything of its own?"
        );
    }
}
