using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>A project's packages stay what they are until its requirements change or somebody refreshes them.</summary>
[NeedsSandbox]
public sealed class ProjectResolutionTests
{
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task A_project_without_one_adopts_a_fresh_resolution_of_another()
    {
        await using var fixture = await ReleasedTwiceAsync();
        _time.Advance(fixture.Options.ResolutionMaxAge - TimeSpan.FromMinutes(1));

        (await PackagesAsync(fixture, own: null)).ShouldBe(["alpha==1.0"]);
    }

    [Fact]
    public async Task It_adopts_no_old_one()
    {
        await using var fixture = await ReleasedTwiceAsync();
        _time.Advance(fixture.Options.ResolutionMaxAge);

        (await PackagesAsync(fixture, own: null)).ShouldBe(["alpha==2.0"]);
    }

    [Fact]
    public async Task It_adopts_none_of_the_future_which_is_of_before_the_clock_was_set_back()
    {
        await using var fixture = await ReleasedTwiceAsync();
        _time.Advance(TimeSpan.FromDays(-1));

        (await PackagesAsync(fixture, own: null)).ShouldBe(["alpha==2.0"]);
    }

    [Fact]
    public async Task A_project_keeps_its_own_however_old_it_is()
    {
        await using var fixture = await ReleasedTwiceAsync();
        var own = await fixture.NewStore().ResolveAsync(fixture.Project("alpha"));
        _time.Advance(TimeSpan.FromDays(400));

        (await PackagesAsync(fixture, own)).ShouldBe(["alpha==1.0"]);
    }

    [Fact]
    public async Task One_projects_refresh_moves_no_other()
    {
        await using var fixture = await ReleasedTwiceAsync();
        var own = await fixture.NewStore().ResolveAsync(fixture.Project("alpha"));

        var refreshed = await fixture.NewStore().ResolveAsync(fixture.Project("alpha"), refresh: true);

        refreshed.Pins.Select(pin => pin.Version).ShouldBe(["2.0"]);
        (await PackagesAsync(fixture, refreshed)).ShouldBe(["alpha==2.0"]);
        (await PackagesAsync(fixture, own)).ShouldBe(["alpha==1.0"]);
    }

    [Fact]
    public async Task One_of_other_requirements_is_passed_over()
    {
        await using var fixture = await ReleasedTwiceAsync();
        var own = await fixture.NewStore().ResolveAsync(fixture.Project("alpha"));

        (await PackagesAsync(fixture, own, "alpha>=1.5")).ShouldBe(["alpha==2.0"]);
    }

    [Fact]
    public async Task An_evicted_environment_comes_back_as_it_was_without_resolving()
    {
        await using var fixture = await ReleasedTwiceAsync();
        var own = await fixture.NewStore().ResolveAsync(fixture.Project("alpha"));
        _time.Advance(TimeSpan.FromDays(400));
        fixture.NewStore().TryRemove(fixture.NewStore().List().Single().Environment.Key).ShouldBeTrue();
        fixture.Index.Requests.Clear();

        (await PackagesAsync(fixture, own)).ShouldBe(["alpha==1.0"]);

        fixture.Index.Requests.ShouldBeEmpty("its wheel is stored");
    }

    [Fact]
    public void What_moved_is_told()
    {
        Pin[] before = [Pin("alpha", "1.0"), Pin("beta", "1.0"), Pin("gone", "1.0"), Pin("same", "1.0")];
        Pin[] after = [Pin("Alpha", "2.0", 'c'), Pin("beta", "1.0", 'b'), Pin("new", "1.0"), Pin("same", "1.0")];

        MovedPackage
            .Between(before, after)
            .ShouldBe([
                new MovedPackage("Alpha", "1.0", "2.0"),
                new MovedPackage("beta", "1.0", "1.0"),
                new MovedPackage("gone", "1.0", null),
                new MovedPackage("new", null, "1.0"),
            ]);
    }

    [Fact]
    public void A_project_on_this_machine_finds_what_it_kept()
    {
        using var directory = new TemporaryDirectory();
        var layout = new StoreLayout(new EnvironmentsOptions { StoreDirectory = directory.Combine("store") });
        layout.Create();
        var resolutions = new ProjectResolutions(layout);
        resolutions.Find(directory.Combine("one")).ShouldBeNull();

        resolutions.Keep(directory.Combine("one"), new Resolution("key", ["alpha"], _time.GetUtcNow(), [], []));

        resolutions.Find(directory.Combine("one") + "/../one")!.RequirementsKey.ShouldBe("key");
        resolutions.Find(directory.Combine("two")).ShouldBeNull();
    }

    /// <summary>alpha 1.0 has been resolved and built; now there is 2.0 as well.</summary>
    private async Task<StoreFixture> ReleasedTwiceAsync()
    {
        var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        fixture.Time = _time;
        (await fixture.LeaseAsync("alpha")).Dispose();
        new TestWheel("alpha", "2.0").WriteTo(fixture.Index.Directory);
        _time.Advance(TimeSpan.FromSeconds(1));
        return fixture;
    }

    private static async Task<IEnumerable<string>> PackagesAsync(
        StoreFixture fixture,
        Resolution? own,
        string line = "alpha"
    )
    {
        var request = new EnvironmentRequest(fixture.Project(line), AllowInstall: true) { Resolution = own };
        using var outcome = await fixture.NewStore().AcquireAsync(request, null, TestContext.Current.CancellationToken);
        return [.. outcome.ShouldBeLeased().Environment.PackageNames()];
    }

    private static Pin Pin(string name, string version, char hash = 'a') =>
        new(name, version, $"{name}-{version}-py3-none-any.whl", new string(hash, 64), 1, Requested: true, []);
}
