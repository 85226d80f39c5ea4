using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Building;

/// <summary>Those in one process who want the same environment at once share its build.</summary>
[NeedsSandbox]
public sealed class SharedBuildTests
{
    private const int Many = 8;
    private const string Stopped =
        "Verso is being stopped, and the installing of packages with it; render again when it runs again.";

    [Fact]
    public async Task Many_at_once_get_one_build_and_all_see_its_log()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index);
        var store = fixture.NewStore();
        CollectedLog[] logs = [.. Enumerable.Range(0, Many).Select(_ => new CollectedLog())];
        var acquiring = logs.Select(log => store.AcquireAsync(fixture.Project("alpha"), log)).ToArray();
        await held.Asked;
        // Each is shown what was logged before it came, so that this tells that all have joined.
        await Task.WhenAll(logs.Select(log => log.WaitForAsync("Resolving alpha")));

        held.Release();
        var outcomes = await Task.WhenAll(acquiring);

        var leases = outcomes.Select(outcome => outcome.ShouldBeLeased()).ToList();
        leases.Count(lease => lease.Built).ShouldBe(1);
        leases.Select(lease => lease.Environment.Key).Distinct().Count().ShouldBe(1);
        logs.ShouldAllBe(log => log.Lines.SequenceEqual(logs[0].Lines));
        logs[0].Lines.ShouldContain(line => line.StartsWith("Built environment "));
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to fetch");
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task A_shared_build_that_fails_is_tried_once_and_fails_for_all()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var held = new HeldIndex(fixture.Index);
        var store = fixture.NewStore();
        CollectedLog[] logs = [.. Enumerable.Range(0, Many).Select(_ => new CollectedLog())];
        var acquiring = logs.Select(log => store.AcquireAsync(fixture.Project("absent"), log)).ToArray();
        await Task.WhenAll(logs.Select(log => log.WaitForAsync("Resolving absent")));

        held.Release();
        var outcomes = await Task.WhenAll(acquiring);

        outcomes
            .Select(outcome => outcome.ShouldBeOfType<EnvironmentOutcome.Base>().Message)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldContain("'absent' was not found");
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/absent/")).ShouldBe(1);
        fixture.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_waiter_who_leaves_does_not_end_the_build()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index);
        var store = fixture.NewStore();
        using var leaving = new CancellationTokenSource();
        var first = store.AcquireAsync(Request(fixture), null, leaving.Token);
        await held.Asked;
        var log = new CollectedLog();
        var second = store.AcquireAsync(fixture.Project("alpha"), log);
        await log.WaitForAsync("Resolving alpha");

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        held.Release();

        using var lease = (await second).ShouldBeLeased();
        log.Lines.ShouldContain(line => line.StartsWith("Built environment "));
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to fetch");
    }

    [Fact]
    public async Task A_build_goes_on_when_all_have_left()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index);
        await using var store = fixture.NewStore();
        using var leaving = new CancellationTokenSource();
        var acquiring = store.AcquireAsync(Request(fixture), null, leaving.Token);
        await held.Asked;

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => acquiring);
        var log = new CollectedLog();
        var later = store.AcquireAsync(fixture.Project("alpha"), log);
        await log.WaitForAsync("Resolving alpha");
        held.Release();

        using var lease = (await later).ShouldBeLeased();
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to fetch");
    }

    [Fact]
    public async Task A_render_waits_a_while_for_a_build_and_goes_on_without_it()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index);
        fixture.Options = fixture.Options with { BuildWait = TimeSpan.FromMilliseconds(1) };
        await using var store = fixture.NewStore();

        using (var outcome = await store.AcquireAsync(fixture.Project("alpha")))
        {
            var running = outcome.ShouldBeOfType<EnvironmentOutcome.Base>();
            running.Reason.ShouldBe(BaseReason.BuildRunning);
            running.Message.ShouldBe(
                "The project's packages are still being installed after 0:00:00.001; that goes on, so render again in a while."
            );
        }
        await held.Asked;
        held.Release();
        await Eventually.IsTrueAsync(
            () => store.List().Count == 1,
            "the build went on",
            TestContext.Current.CancellationToken
        );
        using var lease = (await store.AcquireAsync(fixture.Project("alpha"))).ShouldBeLeased();
    }

    [Theory]
    [InlineData("/simple/")]
    [InlineData(".whl")]
    public async Task A_store_that_is_closed_stops_its_builds_and_cleans_up(string heldPath)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index, heldPath);
        var store = fixture.NewStore();
        var acquiring = store.AcquireAsync(Request(fixture), null, CancellationToken.None);
        await held.Asked;

        await store.DisposeAsync();

        (await acquiring).ShouldBeOfType<EnvironmentOutcome.Base>().Message.ShouldBe(Stopped);
        (await store.AcquireAsync(fixture.Project("alpha")))
            .ShouldBeOfType<EnvironmentOutcome.Base>()
            .Message.ShouldBe(Stopped);
        fixture.Leftovers.ShouldBeEmpty();
        // What dies with its namespace may take a moment.
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(fixture.Layout.Root).Count == 0,
            "nothing of the build runs any more",
            TestContext.Current.CancellationToken
        );
        held.Release();
        using var lease = await fixture.LeaseAsync("alpha");
        lease.Built.ShouldBeTrue();
    }

    [Fact]
    public async Task A_build_that_takes_longer_than_is_allowed_is_stopped()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index, ".whl");
        fixture.Options = fixture.Options with { BuildTimeout = TimeSpan.FromSeconds(1) };
        await using var store = fixture.NewStore();

        using var outcome = await store.AcquireAsync(fixture.Project("alpha"));

        held.Asked.IsCompleted.ShouldBeTrue();
        outcome
            .ShouldBeOfType<EnvironmentOutcome.Base>()
            .Message.ShouldBe(
                "Installing the packages took longer than 0:00:01 (Environments:BuildTimeout) and was stopped."
            );
        fixture.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_so_many_builds_run_at_one_time()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0"),
            new TestWheel("beta", "1.0")
        );
        fixture.Options = fixture.Options with { ConcurrentBuilds = 1 };
        var held = new HeldIndex(fixture.Index);
        await using var store = fixture.NewStore();
        var first = store.AcquireAsync(fixture.Project("alpha"));
        await held.Asked;
        var log = new CollectedLog();
        var second = store.AcquireAsync(fixture.Project("beta"), log);
        await log.WaitForAsync("Waiting for other builds: number 1 in the queue");
        fixture.Index.Requests.ShouldNotContain(path => path.Contains("beta"));

        held.Release();

        (await first).ShouldBeLeased().Dispose();
        (await second).ShouldBeLeased().Dispose();
    }

    [Fact]
    public async Task Who_waits_for_another_process_keeps_nobody_from_building()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0"),
            new TestWheel("beta", "1.0")
        );
        fixture.Options = fixture.Options with { ConcurrentBuilds = 1 };
        await using var store = fixture.NewStore();
        var alpha = fixture.Project("alpha");
        var resolved = await store.ResolveAsync(
            new(alpha, AllowInstall: true),
            refresh: false,
            null,
            TestContext.Current.CancellationToken
        );
        var key = resolved.ShouldBeOfType<ResolutionOutcome.Resolved>().EnvironmentKey;
        var log = new CollectedLog();
        Task<EnvironmentOutcome> first;
        using (FileLock.TryAcquireExclusive(fixture.Layout.LockFile(key)).ShouldNotBeNull())
        {
            first = store.AcquireAsync(alpha, log);
            await log.WaitForAsync("Waiting for another process");

            (await store.AcquireAsync(fixture.Project("beta"))).ShouldBeLeased().Dispose();
        }

        (await first).ShouldBeLeased().Dispose();
    }

    private static EnvironmentRequest Request(StoreFixture fixture) =>
        new(fixture.Project("alpha"), AllowInstall: true);
}
