using System.Collections.Concurrent;
using System.Globalization;
using Verso.Environments.Eviction;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>
/// Several processes acquire, build, evict, render and verify at once, and one after the other is killed at a random
/// moment. <c>VERSO_CHAOS_SEED</c> and <c>VERSO_CHAOS_ROUNDS</c> change what the test does by itself.
/// </summary>
[NeedsSandbox]
[Trait("Suite", "Long")]
public sealed class ChaosTests
{
    private const int Hosts = 4;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(2200);
    private static readonly TimeSpan LongestAction = TimeSpan.FromMinutes(1);

    private static readonly int Seed = Setting("VERSO_CHAOS_SEED") ?? 20;
    private static readonly int Rounds = Setting("VERSO_CHAOS_ROUNDS") ?? 210;

    private readonly ConcurrentQueue<string> _events = [];
    private readonly HashSet<string> _temporary = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_killed_no_half_environment_is_ever_taken_for_a_whole_one()
    {
        await using var fixture = await StoreFixture.StartAsync(ChaosWheels.Upstream);
        foreach (var wheel in ChaosWheels.Local)
            wheel.WriteTo(fixture.Combine("wheelhouse"));
        ChaosWheels.WriteProjects(fixture);
        Directory.CreateDirectory(fixture.Combine("temporary"));
        var random = new Random(Seed);
        var hosts = new List<Host>();
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                while (hosts.Count < Hosts)
                    hosts.Add(Follow(Start(fixture, random.Next())));
                await Task.Delay(random.Next((int)LongestLife.TotalMilliseconds), Cancellation);
                var victim = hosts[random.Next(hosts.Count)];
                hosts.Remove(victim);
                victim.Reading.IsCompleted.ShouldBeFalse($"Seed {Seed}: it ended by itself");
                await victim.Process.KillAsync(Cancellation);
                await victim.Reading;
                _temporary.UnionWith(Temporary(fixture));
            }
            foreach (var host in hosts)
            {
                await host.Process.EndAsync(Cancellation).WaitAsync(LongestAction, Cancellation);
                await host.Reading;
            }
        }
        finally
        {
            foreach (var host in hosts)
                await host.Process.DisposeAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine(Summary());
        _events.Where(line => line.StartsWith("bad ")).ShouldBeEmpty($"Seed {Seed}");
        Overlaps().ShouldBeEmpty($"Seed {Seed}");
        foreach (var kind in (string[])["leased", "ran", "rendered", "resolved", "verified", "removed", "evicted"])
            _events.Count(line => line.StartsWith(kind)).ShouldBeGreaterThan(Rounds / 40, kind);
        await NothingIsLeftAsync(fixture);
    }

    private async Task NothingIsLeftAsync(StoreFixture fixture)
    {
        // What a killed process left is swept by the next one that runs anything.
        await using (var last = Start(fixture, Seed))
        {
            await last.ReadAsync("ran", Cancellation);
            await last.EndAsync(Cancellation);
        }
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(fixture.Combine()).Count == 0,
            "nothing of any host runs any more",
            Cancellation
        );
        Temporary(fixture).ShouldBeEmpty();
        _temporary.ShouldNotBeEmpty();
        Directory
            .EnumerateDirectories("/sys/fs/cgroup", "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(group => _temporary.Contains(Path.GetFileName(group)))
            .ShouldBeEmpty();

        // Nobody holds anything any more that would keep a project from its environment.
        fixture.IndexOptions = fixture.IndexOptions with
        {
            Wheelhouses = [fixture.Combine("wheelhouse")],
        };
        foreach (var project in Directory.GetDirectories(fixture.Combine("projects")))
            (await fixture.NewStore().AcquireAsync(project)).ShouldBeLeased().Dispose();

        // By then nobody writes to what one of them was writing.
        var time = new ShiftedTime();
        time.Advance(TimeSpan.FromDays(2));
        fixture.Time = time;
        var unlimited = new WaterMark
        {
            StoreMiB = int.MaxValue,
            StoreFiles = int.MaxValue,
            VolumePercent = 100,
        };
        fixture.Options = fixture.Options with
        {
            Eviction = new() { High = unlimited, Low = unlimited },
        };
        var store = fixture.NewStore();
        store
            .Evictor.Run(dryRun: false, Cancellation)
            .ShouldNotBeNull()
            .Removed.ShouldAllBe(item => item.Kind == EvictedKind.Leftover);
        var keys = store.List().Select(entry => entry.Environment.Key).ToList();
        var verification = store.Verification;
        keys.Count.ShouldBeGreaterThanOrEqualTo(ChaosWheels.Projects.Length);
        foreach (var key in keys)
            (await verification.VerifyAsync(key, Cancellation)).ShouldNotBeNull().ShouldBeEmpty(key);
        fixture.Leftovers.Select(Path.GetFileName).ShouldBe(keys.SelectMany(key => new[] { key, key + ".json" }), true);
        foreach (var folder in (string[])["files", "failures", "interpreters", "resolutions", "used"])
            Directory.GetFiles(Path.Combine(fixture.Layout.Root, folder), "*.tmp").ShouldBeEmpty();
    }

    /// <summary>Builds of one key that ran at one time, by the records that were seen.</summary>
    private IEnumerable<string> Overlaps()
    {
        var rounding = TimeSpan.FromMilliseconds(1);
        var builds = _events
            .Where(line => line.StartsWith("leased "))
            .Distinct()
            .Select(line => line.Split(' '))
            .Select(word => (Key: word[1], End: Moment(word[2]), Seconds: Number(word[3])))
            .GroupBy(build => build.Key);
        foreach (var key in builds)
        {
            var inOrder = key.OrderBy(build => build.End).ToList();
            foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)))
                if (later.End - TimeSpan.FromSeconds(later.Seconds) < earlier.End - rounding)
                    yield return $"{key.Key}: {earlier.End:O}, and {later.End:O} after {later.Seconds} s";
        }
    }

    private string Summary()
    {
        var builds = _events.Where(line => line.StartsWith("leased ")).Distinct().Count();
        var kinds = _events.CountBy(line => line.Split(' ')[0]).Select(kind => $"{kind.Key} {kind.Value}");
        var evicted = _events
            .Where(line => line.StartsWith("evicted "))
            .CountBy(line => line.Split(' ')[1])
            .Select(kind => $"{kind.Key} {kind.Value}");
        return $"Seed {Seed}: kills {Rounds}, builds seen {builds}, {string.Join(", ", kinds)} ({string.Join(", ", evicted)})";
    }

    private static IEnumerable<string> Temporary(StoreFixture fixture) =>
        Directory.GetFileSystemEntries(fixture.Combine("temporary"), "verso-*").Select(path => Path.GetFileName(path));

    private static HostProcess Start(StoreFixture fixture, int seed) =>
        HostProcess.Start(
            [
                "chaos",
                fixture.Options.StoreDirectory,
                fixture.IndexOptions.Upstream,
                fixture.Combine("wheelhouse"),
                fixture.Combine("projects"),
                seed.ToString(CultureInfo.InvariantCulture),
            ],
            new Dictionary<string, string> { ["TMPDIR"] = fixture.Combine("temporary") }
        );

    private Host Follow(HostProcess process) => new(process, ReadAsync(process));

    private async Task ReadAsync(HostProcess process)
    {
        await foreach (var line in process.ReadLinesAsync(Cancellation))
            _events.Enqueue(line);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;

    private sealed record Host(HostProcess Process, Task Reading);
}
