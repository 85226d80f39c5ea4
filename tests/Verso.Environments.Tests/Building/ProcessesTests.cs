using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>Several processes use one store.</summary>
public sealed class ProcessesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_build_once_and_the_other_need_not_wait_for_the_first_ones_lease()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index);
        await using var first = Acquire(fixture, "alpha");
        await held.Asked;
        await using var second = Acquire(fixture, "alpha");
        await second.ReadAsync("log Waiting for another process", Cancellation);
        // It is shown what the first one logs.
        await second.ReadAsync("log Resolving alpha", Cancellation);

        held.Release();

        // Both hosts keep their lease until they are ended.
        var built = await first.ReadAsync("built ", Cancellation);
        var reused = await second.ReadAsync("reused ", Cancellation);
        reused.Split(' ')[1].ShouldBe(built.Split(' ')[1]);
        fixture.Index.Requests.Count(path => path.EndsWith("/simple/alpha/")).ShouldBe(2, "to resolve and to install");
    }

    [Fact]
    public async Task A_killed_build_takes_pip_with_it_and_the_next_one_starts_over()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        await ResolveAsync(fixture, "alpha");
        var held = new HeldIndex(fixture.Index);
        await using var host = Acquire(fixture, "alpha");
        await held.Asked;
        var half = Directory.GetDirectories(fixture.Layout.Environments).ShouldHaveSingleItem();
        ProcessTable.WithArgument(half).ShouldNotBeEmpty();

        await host.KillAsync(Cancellation);

        await Eventually.IsTrueAsync(() => ProcessTable.WithArgument(half).Count == 0, "pip died", Cancellation);
        fixture.NewStore().List().ShouldBeEmpty();
        File.WriteAllText(Path.Combine(half, "stray"), "");
        held.Release();
        using var lease = await fixture.LeaseAsync("alpha");
        lease.Built.ShouldBeTrue();
        lease.Environment.Directory.ShouldBe(half);
        File.Exists(Path.Combine(half, "stray")).ShouldBeFalse();
        (await lease.Environment.RunPythonAsync("import alpha; print(alpha.__version__)")).ShouldBe("1.0");
    }

    [Fact]
    public async Task Nobody_can_lock_a_leased_environment_to_delete_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var lease = await fixture.LeaseAsync("packaging");
        var path = fixture.Layout.LockFile(lease.Environment.Key);
        await using (var host = HostProcess.Start("lock", "exclusive", path))
            (await host.ReadAsync("", Cancellation)).ShouldBe("busy");
        await using (var host = HostProcess.Start("lock", "shared", path))
            (await host.ReadAsync("", Cancellation)).ShouldBe("held");

        lease.Dispose();

        FileLock.TryAcquireExclusive(path).ShouldNotBeNull().Dispose();
    }

    private static HostProcess Acquire(StoreFixture fixture, params string[] lines) =>
        HostProcess.Start(
            "acquire",
            fixture.Options.StoreDirectory,
            fixture.IndexOptions.Upstream,
            fixture.Project(lines)
        );

    private static async Task ResolveAsync(StoreFixture fixture, params string[] lines)
    {
        var request = new EnvironmentRequest(fixture.Project(lines), AllowInstall: true);
        var outcome = await fixture.NewStore().ResolveAsync(request, null, Cancellation);
        outcome.ShouldBeOfType<ResolutionOutcome.Resolved>();
    }
}
