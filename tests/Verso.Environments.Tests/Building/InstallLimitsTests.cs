using Verso.Environments.Building;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>What would be too much is refused with the limit's value and its setting.</summary>
[NeedsSandbox]
public sealed class InstallLimitsTests
{
    private static readonly EnvironmentsOptions Options = new()
    {
        MaxPackages = 3,
        MaxInstalledMiB = 10,
        MaxInstalledFiles = 100,
    };

    [Fact]
    public async Task Too_many_packages_are_refused_before_anything_is_fetched()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0") { Requires = ["beta"] },
            new TestWheel("beta", "1.0")
        );
        fixture.Options = fixture.Options with { MaxPackages = 1 };

        var failed = await fixture.FailAsync("alpha");

        failed.Message.ShouldBe(
            "The requirements resolve to 2 packages; at most 1 are allowed (Environments:MaxPackages)."
        );
        fixture.Leftovers.ShouldBeEmpty();
        Directory.GetDirectories(fixture.Layout.Wheels).ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_files_are_refused_before_anything_is_linked()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        fixture.Options = fixture.Options with { MaxInstalledFiles = 2 };

        var failed = await fixture.FailAsync("alpha");

        failed.Message.ShouldStartWith("The packages consist of ");
        failed.Message.ShouldEndWith("; at most 2 are allowed (Environments:MaxInstalledFiles).");
        fixture.Leftovers.ShouldBeEmpty();
        Directory.GetDirectories(fixture.Layout.Wheels).ShouldBeEmpty();
    }

    /// <summary>The check of what was stored already: its wheels are let go of at once.</summary>
    [Fact]
    public async Task Wheels_of_a_build_that_is_refused_are_not_kept_locked()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        using (var lease = await fixture.LeaseAsync("alpha"))
        {
            var key = lease.Environment.Key;
            lease.Dispose();
            fixture.NewStore().TryRemove(key).ShouldBeTrue();
        }
        fixture.Options = fixture.Options with { MaxInstalledFiles = 2 };

        await fixture.FailAsync("alpha");

        var sha256 = Path.GetFileName(
            Directory.GetDirectories(fixture.Layout.Wheels).SelectMany(Directory.GetDirectories).Single()
        );
        var cacheTag = Path.GetFileName(Directory.GetDirectories(fixture.Layout.Wheels).Single());
        using var free = FileLock.TryAcquireExclusive(fixture.Layout.WheelLockFile(sha256, cacheTag));
        free.ShouldNotBeNull();
    }

    [Fact]
    public void Too_much_to_download_names_the_largest() =>
        Should
            .Throw<BuildException>(() =>
                InstallLimits.Check([Pin("small", 1), Pin("torch", 9), Pin("other", 2)], Options)
            )
            .Message.ShouldBe(
                "The packages take up 12 MiB; at most 10 are allowed (Environments:MaxInstalledMiB). The largest: torch 9 MiB, other 2 MiB, small 1 MiB."
            );

    /// <summary>Whatever the sizes: refused exactly when a limit is passed, and then by its name.</summary>
    [Fact]
    public void Each_limit_bites_exactly_when_it_is_passed()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var packages = Enumerable
                .Range(0, random.Next(1, 6))
                .Select(i => ($"p{i}", new DiskSpace(random.NextInt64(5L << 20), random.Next(50))))
                .ToList();
            var tooLarge = packages.Sum(package => package.Item2.Bytes) > 10L << 20;
            var tooMany = packages.Sum(package => package.Item2.Files) > 100;
            var refusal = Record.Exception(() => InstallLimits.Check(packages, Options));
            (refusal is not null).ShouldBe(tooLarge || tooMany);
            if (refusal is not null)
                refusal.Message.ShouldContain(
                    tooMany ? "(Environments:MaxInstalledFiles)" : "(Environments:MaxInstalledMiB)"
                );
        }
    }

    private static Pin Pin(string name, int mib) =>
        new(name, "1.0", $"{name}.whl", new string('a', 64), (long)mib << 20, Requested: true, []);
}
