using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>Projects whose lines differ share an environment, but each keeps a resolution of its own.</summary>
[NeedsSandbox]
public sealed class JoinedBuildTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_joins_a_build_of_other_lines_gets_a_resolution_of_its_own()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        string[] projects = [fixture.Project("alpha"), fixture.Project("alpha>=0.5")];
        foreach (var project in projects)
            await fixture.NewStore().ResolveAsync(project);
        var held = new HeldIndex(fixture.Index);
        await using var store = fixture.NewStore();
        var first = store.AcquireAsync(projects[0]);
        await held.Asked;
        var log = new CollectedLog();
        var second = store.AcquireAsync(projects[1], log);
        await log.WaitForAsync("Installing 1 package(s)");

        held.Release();
        using var lease = (await first).ShouldBeLeased();
        using var joined = (await second).ShouldBeLeased();

        joined.Environment.Key.ShouldBe(lease.Environment.Key);
        lease.Resolution.Requirements.ShouldBe(["alpha"]);
        joined.Resolution.Requirements.ShouldBe(["alpha>=0.5"]);
        joined.Resolution.RequirementsKey.ShouldNotBe(lease.Resolution.RequirementsKey);
    }

    [Fact]
    public async Task A_project_that_keeps_an_old_resolution_does_not_hand_it_to_others()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var project = fixture.Project("alpha");
        var old = await fixture.NewStore().ResolveAsync(project);
        new TestWheel("alpha", "1.1").WriteTo(fixture.Index.Directory);
        await fixture.NewStore().ResolveAsync(project, refresh: true);

        using var kept = await AcquireAsync(fixture, project, old);
        using var adopted = await fixture.LeaseAsync("alpha");

        kept.Environment.PackageNames().ShouldBe(["alpha==1.0"]);
        adopted.Environment.PackageNames().ShouldBe(["alpha==1.1"]);
    }

    [Theory]
    [InlineData("../../../escaped")]
    [InlineData("")]
    public async Task A_resolution_that_names_no_hash_is_passed_over(string sha256)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var project = fixture.Project("alpha");
        var sound = await fixture.NewStore().ResolveAsync(project);

        using var lease = await AcquireAsync(
            fixture,
            project,
            sound with
            {
                Pins = [sound.Pins[0] with { Sha256 = sha256 }],
            }
        );

        lease.Resolution.Pins[0].Sha256.ShouldBe(sound.Pins[0].Sha256);
    }

    private static async Task<EnvironmentOutcome.Leased> AcquireAsync(
        StoreFixture fixture,
        string project,
        Resolution resolution
    )
    {
        var request = new EnvironmentRequest(project, AllowInstall: true) { Resolution = resolution };
        return (await fixture.NewStore().AcquireAsync(request, null, Cancellation)).ShouldBeLeased();
    }
}
