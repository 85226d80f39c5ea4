using Verso.Environments.Eviction;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Eviction;

/// <summary>What goes when the store is over its marks, and what never goes.</summary>
[NeedsSandbox]
public sealed class EvictionTests
{
    private static readonly TestWheel[] Wheels =
    [
        new("alpha", "1.0"),
        new("beta", "1.0") { Requires = ["alpha"] },
        new("gamma", "1.0"),
    ];

    private static readonly WaterMark Nothing = new();

    private static readonly WaterMark Unlimited = new()
    {
        StoreMiB = int.MaxValue,
        StoreFiles = int.MaxValue,
        VolumePercent = 100,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Within_the_marks_nothing_goes()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Nothing });

        var report = Evict(fixture);

        report.Removed.ShouldBeEmpty();
        report.Before.Bytes.ShouldBeGreaterThan(0);
        report.After.ShouldBe(report.Before);
    }

    [Fact]
    public async Task Over_them_all_goes_that_nobody_has_leased()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        using var lease = await fixture.LeaseAsync("beta");

        var report = Evict(fixture);

        fixture.NewStore().List().Select(entry => entry.Environment.Key).ShouldBe([lease.Environment.Key]);
        report.Removed.Count(item => item.Kind == EvictedKind.Environment).ShouldBe(2);
        Stored(fixture).ShouldBe(2, "the wheels of what is leased");
        (await lease.Environment.RunPythonAsync("import alpha, beta; print('whole')")).ShouldBe("whole");
    }

    [Fact]
    public async Task The_least_recently_used_goes_first_and_no_more_than_need_be()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        var files = FilesBesidesDownloads(fixture);
        // Used again: beta's is then the oldest.
        (await fixture.LeaseAsync("alpha")).Dispose();
        var all = fixture.NewStore().List();
        var mark = Unlimited with { StoreFiles = files - 1 };
        fixture.Options = fixture.Options with
        {
            Eviction = new() { High = mark, Low = mark },
        };

        var report = Evict(fixture);

        report
            .Removed.Where(item => item.Kind == EvictedKind.Environment)
            .Select(item => item.Name)
            .ShouldBe([all[^1].Environment.Key]);
        all[^1].Environment.PackageNames().ShouldContain("beta==1.0");
        report.After.Files.ShouldBeLessThan(files);
    }

    [Fact]
    public async Task Wheels_that_no_environment_is_linked_from_go_before_any_environment()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        var gamma = fixture.NewStore().List().Single(entry => entry.Environment.PackageNames().Contains("gamma==1.0"));
        fixture.NewStore().TryRemove(gamma.Environment.Key).ShouldBeTrue();
        var files = FilesBesidesDownloads(fixture);
        var mark = Unlimited with { StoreFiles = files - 1 };
        fixture.Options = fixture.Options with
        {
            Eviction = new() { High = mark, Low = mark },
        };

        Evict(fixture)
            .Removed.Where(item => item.Kind != EvictedKind.Download)
            .Single()
            .Kind.ShouldBe(EvictedKind.Wheel);

        fixture.NewStore().List().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_removes_nothing()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        var dry = fixture.NewStore().Evictor.Run(dryRun: true, Cancellation)!;
        fixture.NewStore().List().Count.ShouldBe(3);

        var report = Evict(fixture);

        dry.Removed.ShouldBe(report.Removed);
        dry.After.ShouldBe(report.After);
        fixture.NewStore().List().ShouldBeEmpty();
        Stored(fixture).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_pass_counts_is_what_stands_on_the_disk()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });

        var counted = Evict(fixture).Before;

        // Hard links are one file; the folders that hold all are not counted.
        string[] folders = [.. Directory.GetDirectories(fixture.Layout.Environments), .. WheelFolders(fixture)];
        var output = await Run.CheckedAsync("/usr/bin/find", [.. folders, "-printf", "%i %y %s\n"]);
        var inodes = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .Select(line => line.Split(' '));
        counted.Files.ShouldBe(inodes.Count() + Directory.GetFiles(fixture.Layout.DownloadedFiles).Length);
    }

    [Fact]
    public async Task A_store_that_nobody_has_used_yet_is_passed_over()
    {
        await using var fixture = await StoreFixture.StartAsync();

        Evict(fixture).Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_pass_at_a_time()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        using (FileLock.TryAcquireExclusive(fixture.Layout.EvictionLockFile))
            fixture.NewStore().Evictor.Run(dryRun: false, Cancellation).ShouldBeNull();

        fixture.NewStore().List().Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_swept_and_what_is_in_use_is_not()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        using var inUse = StagingDirectory.Create(fixture.Layout.Staging);
        var abandoned = fixture.Write("store/v1/staging/abandoned/file", "text");
        var half = fixture.Write("store/v1/environments/half/pyvenv.cfg", "");
        var building = fixture.Write("store/v1/environments/building/pyvenv.cfg", "");
        using var held = FileLock.TryAcquireExclusive(fixture.Layout.LockFile("building"));

        var report = Evict(fixture);

        report.Removed.Select(item => item.Kind).ShouldAllBe(kind => kind == EvictedKind.Leftover);
        report
            .Removed.Select(item => item.Name)
            .ShouldBe([Path.GetDirectoryName(abandoned)!, Path.GetDirectoryName(half)!], ignoreOrder: true);
        File.Exists(abandoned).ShouldBeFalse();
        File.Exists(half).ShouldBeFalse();
        File.Exists(building).ShouldBeTrue();
        Directory.Exists(inUse.Path).ShouldBeTrue();
        fixture.NewStore().List().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Notes_past_their_time_go()
    {
        var time = new ManualTime();
        await using var fixture = await StoreFixture.StartAsync(Wheels);
        fixture.Time = time;
        (await fixture.LeaseAsync("alpha")).Dispose();
        Directory.GetFiles(fixture.Layout.Resolutions).ShouldHaveSingleItem();
        // The notes' age is their files', which a clock of the test's does not make.
        foreach (var note in Directory.GetFiles(fixture.Layout.Resolutions))
            File.SetLastWriteTimeUtc(note, time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(25));

        Evict(fixture);

        Directory.GetFiles(fixture.Layout.Resolutions).ShouldBeEmpty();
        fixture.NewStore().List().Count.ShouldBe(1);
    }

    /// <summary>As every write does for a moment. Looking at what has gone failed some 3 sweeps of 100.</summary>
    [Fact]
    public async Task Notes_that_vanish_under_the_sweep_are_passed_over()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Layout.Create();
        foreach (var i in Enumerable.Range(0, 200))
            fixture.Write($"store/v1/failures/{i}.json", "");
        var leftovers = new Leftovers(
            new EnvironmentFiles(fixture.Layout),
            fixture.Layout,
            fixture.Options,
            TimeProvider.System
        );
        using var ending = new CancellationTokenSource();
        var writing = Task.Run(
            () =>
            {
                while (!ending.IsCancellationRequested)
                    StoreJson.Write(fixture.Layout.FailureFile("written"), "text");
            },
            Cancellation
        );

        for (var sweep = 0; sweep < 1000; sweep++)
            leftovers.Remove(new HashSet<string>(), dryRun: true).ShouldBeEmpty();

        await ending.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task What_is_being_downloaded_stays()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        var download = fixture.Write("store/v1/files/hash.random.tmp", "half of it");

        Evict(fixture);

        File.Exists(download).ShouldBeTrue();
    }

    [Fact]
    public async Task An_environment_that_nobody_has_leased_yet_is_the_most_recently_used()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        var files = new EnvironmentFiles(fixture.Layout);
        var record = files.List()[0].Environment.Record with { Key = new string('e', 64) };
        Directory.CreateDirectory(fixture.Layout.EnvironmentDirectory(record.Key));

        files.Record(record);

        files.List()[0].Environment.Key.ShouldBe(record.Key);
    }

    [Fact]
    public async Task A_pass_that_fails_fails_no_build()
    {
        await using var fixture = await StoreFixture.StartAsync(Wheels);
        Directory.CreateDirectory(fixture.Layout.EvictionLockFile);
        Directory.SetLastWriteTimeUtc(fixture.Layout.EvictionLockFile, DateTime.UtcNow - TimeSpan.FromHours(1));

        using var lease = await fixture.LeaseAsync("alpha");

        lease.Log.ShouldContain("What nobody uses could not be removed: ");
    }

    [Fact]
    public async Task Builds_right_after_a_pass_make_none()
    {
        await using var fixture = await StoreFixture.StartAsync(Wheels);
        fixture.Options = fixture.Options with
        {
            Eviction = new() { High = Nothing, Low = Nothing },
        };
        (await fixture.LeaseAsync("alpha")).Dispose();

        (await fixture.LeaseAsync("gamma")).Dispose();

        fixture.NewStore().List().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_needed_is_made_free_even_within_the_marks()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        var files = FilesBesidesDownloads(fixture);

        var report = fixture.NewStore().Evictor.Run(dryRun: false, Cancellation, needed: new DiskSpace(1, 10_000));

        report.ShouldNotBeNull().After.Files.ShouldBeLessThan(files);
        fixture.NewStore().List().ShouldBeEmpty("less than that was there");
    }

    [Theory]
    [InlineData(50, 95, true)]
    [InlineData(4, 95, false)] // others fill it
    [InlineData(50, 90, false)]
    public void A_crowded_volume_counts_where_the_store_has_a_part_in_it(int own, int used, bool exceeds) =>
        new Usage(new DiskSpace(own, 0), new DiskSpace(used, 0), new DiskSpace(100, 0))
            .Exceeds(Unlimited with { VolumePercent = 90 })
            .ShouldBe(exceeds);

    [Fact]
    public async Task What_is_being_written_stays_until_nobody_can_be_writing_it_any_more()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        string[] unfinished =
        [
            .. ((string[])["files", "environments", "interpreters", "resolutions"]).Select(folder =>
                fixture.Write($"store/v1/{folder}/name.tmp", "text")
            ),
        ];

        Evict(fixture);
        unfinished.ShouldAllBe(file => File.Exists(file));

        foreach (var file in unfinished)
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromHours(25));
        Evict(fixture);
        unfinished.ShouldAllBe(file => !File.Exists(file));
    }

    [Fact]
    public async Task Lock_files_of_what_is_gone_go_and_the_others_stay()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Nothing, Low = Nothing });
        using var lease = await fixture.LeaseAsync("beta");
        var held = FileLock.TryAcquireExclusive(fixture.Layout.LockFile("held")).ShouldNotBeNull();

        Evict(fixture);

        string[] Names() =>
            [.. Directory.GetFiles(fixture.Layout.Locks).Select(path => Path.GetFileName(path)).Order()];
        var kept = Names();
        kept.ShouldContain($"{lease.Environment.Key}.lock");
        kept.ShouldContain("held.lock");
        kept.Count(name => name.StartsWith("wheel-")).ShouldBe(2);
        kept.Count(name => File.Exists(fixture.Layout.ResolutionFile(Path.GetFileNameWithoutExtension(name))))
            .ShouldBe(3);
        kept.Length.ShouldBe(8, "and that of eviction");
        held.Dispose();
        Evict(fixture);
        Names().ShouldBe(kept.Except(["held.lock"]));
    }

    [Fact]
    public async Task Virtualenvs_of_an_older_layout_are_removed_on_demand_alone()
    {
        await using var fixture = await FilledAsync(new EvictionOptions { High = Unlimited, Low = Unlimited });
        var hash = new string('c', 64);
        var old = fixture.Write($"store/{hash}/bin/python", "");
        var oldLock = fixture.Write($"store/{hash}.lock", "");
        var someones = fixture.Write("store/notes/mine.txt", "text");
        Evict(fixture);
        File.Exists(old).ShouldBeTrue();

        var removed = fixture.NewStore().Evictor.RemoveLegacy(dryRun: false);

        removed.Count.ShouldBe(2);
        File.Exists(old).ShouldBeFalse();
        File.Exists(oldLock).ShouldBeFalse();
        File.Exists(someones).ShouldBeTrue();
        fixture.NewStore().List().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(90, 95, "Environments:Eviction:Low:VolumePercent is 95; it must be from 0 to 90")]
    [InlineData(90, -1, "Environments:Eviction:Low:VolumePercent is -1; it must be from 0 to 90")]
    public void Marks_that_contradict_each_other_are_refused(int high, int low, string fault) =>
        new EvictionOptions
        {
            High = Unlimited with { VolumePercent = high },
            Low = Unlimited with { VolumePercent = low },
        }
            .Faults()
            .ShouldHaveSingleItem()
            .ShouldStartWith(fault);

    private static EvictionReport Evict(StoreFixture fixture) =>
        fixture.NewStore().Evictor.Run(dryRun: false, Cancellation).ShouldNotBeNull();

    /// <summary>Environments of alpha, of beta with alpha, and of gamma, used in this order.</summary>
    private static async Task<StoreFixture> FilledAsync(EvictionOptions options)
    {
        var fixture = await StoreFixture.StartAsync(Wheels);
        foreach (var name in (string[])["alpha", "beta", "gamma"])
            (await fixture.LeaseAsync(name)).Dispose();
        fixture.Options = fixture.Options with { Eviction = options };
        return fixture;
    }

    // Downloads go first of all.
    private static int FilesBesidesDownloads(StoreFixture fixture) =>
        (int)Evict(fixture).Before.Files - Directory.GetFiles(fixture.Layout.DownloadedFiles).Length;

    private static int Stored(StoreFixture fixture) => WheelFolders(fixture).Count();

    private static IEnumerable<string> WheelFolders(StoreFixture fixture) =>
        Directory.GetDirectories(fixture.Layout.Wheels).SelectMany(Directory.GetDirectories);
}
