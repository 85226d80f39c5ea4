using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>Those in one process who want the same environment at once share its build.</summary>
[NeedsSandbox]
public sealed class SharedBuildTests
{
    private const int Many = 8;

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
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to install");
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
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to install");
    }

    [Theory]
    [InlineData("/simple/")]
    [InlineData(".whl")]
    public async Task Once_all_have_left_the_build_is_stopped_and_cleaned_up(string heldPath)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index, heldPath);
        var store = fixture.NewStore();
        using var leaving = new CancellationTokenSource();
        Task<EnvironmentOutcome>[] acquiring =
        [
            store.AcquireAsync(Request(fixture), null, leaving.Token),
            store.AcquireAsync(Request(fixture), null, leaving.Token),
        ];
        await held.Asked;
        ProcessTable.WithArgument(fixture.Layout.Root).ShouldNotBeEmpty();

        await leaving.CancelAsync();
        foreach (var one in acquiring)
            await Should.ThrowAsync<OperationCanceledException>(() => one);

        fixture.Leftovers.ShouldBeEmpty();
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
    public async Task Leaving_while_it_installs_leaves_nothing_of_the_environment()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var request = Request(fixture);
        await fixture.NewStore().ResolveAsync(request, null, TestContext.Current.CancellationToken);
        var held = new HeldIndex(fixture.Index);
        using var leaving = new CancellationTokenSource();
        var acquiring = fixture.NewStore().AcquireAsync(request, null, leaving.Token);
        await held.Asked;
        Directory.GetDirectories(fixture.Layout.Environments).ShouldHaveSingleItem();

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => acquiring);

        fixture.Leftovers.ShouldBeEmpty();
    }

    private static EnvironmentRequest Request(StoreFixture fixture) =>
        new(fixture.Project("alpha"), AllowInstall: true);
}
