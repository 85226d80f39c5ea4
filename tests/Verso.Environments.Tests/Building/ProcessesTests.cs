using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Building;

/// <summary>Several processes use one store.</summary>
[NeedsSandbox]
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

    [Theory]
    [InlineData("/simple/")]
    [InlineData(".whl")]
    public async Task A_killed_build_takes_its_programs_with_it_and_the_next_one_starts_over(string heldPath)
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var held = new HeldIndex(fixture.Index, heldPath);
        await using var host = Acquire(fixture, "alpha");
        await held.Asked;
        var programs = ProcessTable.DescendantsOf(host.Id);

        await host.KillAsync(Cancellation);

        await Eventually.IsTrueAsync(
            () => programs.All(id => !ProcessTable.IsAlive(id)),
            "nothing of the build runs any more",
            Cancellation
        );
        fixture.NewStore().List().ShouldBeEmpty();
        held.Release();
        using var lease = await fixture.LeaseAsync("alpha");
        lease.Built.ShouldBeTrue();
        (await lease.Environment.RunPythonAsync("import alpha; print(alpha.__version__)")).ShouldBe("1.0");
        fixture.NewStore().Evictor.Run(dryRun: false, Cancellation).ShouldNotBeNull();
        Directory.GetFileSystemEntries(fixture.Layout.Staging).ShouldBeEmpty("what was left has been swept");
    }

    [Fact]
    public async Task A_half_made_environment_is_made_from_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        string stray;
        using (var first = await fixture.LeaseAsync("alpha"))
        {
            stray = Path.Combine(first.Environment.Directory, "stray");
            File.WriteAllText(stray, "");
            File.Delete(fixture.Layout.RecordFile(first.Environment.Key));
        }

        using var lease = await fixture.LeaseAsync("alpha");

        lease.Built.ShouldBeTrue();
        File.Exists(stray).ShouldBeFalse();
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
}
