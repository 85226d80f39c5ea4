using Microsoft.AspNetCore.Http;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Attacks;

/// <summary>Hostile packages: whatever their wheels hold, nothing outside the environment changes and the host runs none of it.</summary>
[NeedsSandbox]
public sealed class BuildAttackTests
{
    private const string Canary = "/tmp/verso-canary-of-a-wheel";

    [Theory]
    [InlineData("../../../../../../../../tmp/verso-canary-of-a-wheel")]
    [InlineData("/tmp/verso-canary-of-a-wheel")]
    [InlineData("evil-1.0.data/data/../../../../../../../../tmp/verso-canary-of-a-wheel")]
    public async Task A_file_that_climbs_out(string path)
    {
        var wheel = new TestWheel("evil", "1.0");
        wheel.RawEntries.Add(new RawEntry(path, "escaped"));
        await using var fixture = await StoreFixture.StartAsync(wheel);

        using var outcome = await fixture.NewStore().AcquireAsync(fixture.Project("evil"));

        File.Exists(Canary).ShouldBeFalse();
        outcome.ShouldBeOfType<EnvironmentOutcome.Base>().Reason.ShouldBe(BaseReason.BuildFailed);
        fixture.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_leads_out_is_no_link_afterwards()
    {
        var wheel = new TestWheel("evil", "1.0");
        wheel.RawEntries.Add(new RawEntry("evil_link", "/etc/shadow") { IsLink = true });
        await using var fixture = await StoreFixture.StartAsync(wheel);

        using var outcome = await fixture.NewStore().AcquireAsync(fixture.Project("evil"));

        if (outcome is EnvironmentOutcome.Leased leased)
            Directory
                .EnumerateFileSystemEntries(leased.Environment.Directory, "evil_link", SearchOption.AllDirectories)
                .ShouldAllBe(path => new FileInfo(path).LinkTarget == null);
    }

    /// <summary>What a wheel puts in the place of the interpreter, or of its start-up, is never run by Verso itself.</summary>
    [Theory]
    [InlineData("evil-1.0.data/scripts/python3", "#!/bin/sh\necho x >/tmp/verso-canary-of-a-wheel\n")]
    [InlineData("evil-1.0.data/data/pyvenv.cfg", "home = /tmp\n")]
    [InlineData("evil.pth", "import os; open('/tmp/verso-canary-of-a-wheel', 'w')\n")]
    [InlineData("sitecustomize.py", "open('/tmp/verso-canary-of-a-wheel', 'w')\n")]
    [InlineData("pip/__main__.py", "open('/tmp/verso-canary-of-a-wheel', 'w')\n")]
    public async Task Code_that_runs_at_every_start(string path, string content)
    {
        var wheel = new TestWheel("evil", "1.0");
        wheel.RawEntries.Add(new RawEntry(path, content) { Mode = (UnixFileMode)0b111_101_101 });
        await using var fixture = await StoreFixture.StartAsync(wheel);
        var store = fixture.NewStore();
        var project = fixture.Project("evil");

        using (await store.AcquireAsync(project)) { }
        using var again = await store.AcquireAsync(project);

        File.Exists(Canary).ShouldBeFalse();
    }

    /// <summary>pip itself runs inside, so even a package that brings its own code into the build reaches nothing.</summary>
    [Fact]
    public async Task Nothing_but_the_gateway_is_reached_by_a_build()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        await using var other = await TestIndex.StartAsync(fixture.Index.Directory);
        fixture.Index.Intercept = async context =>
        {
            if (!context.Request.Path.StartsWithSegments("/simple/alpha"))
                return false;
            context.Response.ContentType = "text/html";
            var address = new Uri(other.Url, $"/files/{new TestWheel("alpha", "1.0").FileName}");
            await context.Response.WriteAsync(
                $"<a href='{address}#sha256={new string('0', 64)}'>alpha-1.0-py3-none-any.whl</a>"
            );
            return true;
        };

        using var outcome = await fixture.NewStore().AcquireAsync(fixture.Project("alpha"));

        outcome.ShouldBeOfType<EnvironmentOutcome.Base>().Reason.ShouldBe(BaseReason.BuildFailed);
        other.Requests.ShouldBeEmpty();
    }
}
