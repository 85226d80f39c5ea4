using System.Diagnostics;
using Verso.Environments.Store;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Wheels;

[NeedsSandbox]
public sealed class WheelStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wheel_is_opened_once_and_described_by_its_files()
    {
        using var fixture = await WheelFixture.StartAsync();
        var wheel = new TestWheel("Many.Things", "1.0")
        {
            Files =
            {
                ["single.py"] = "",
                ["package/__init__.py"] = "",
                ["package/inner/__init__.py"] = "",
                ["space/inner/deep/__init__.py"] = "",
                ["space/other.py"] = "",
                ["native.cpython-311-x86_64-linux-gnu.so"] = "x",
                ["stable.abi3.so"] = "x",
                ["foreign.cpython-39-x86_64-linux-gnu.so"] = "x",
                ["not-a-module.py"] = "",
                ["package/data.txt"] = "12345",
            },
            ConsoleScripts = { ["things"] = "single:main" },
        };
        using (var held = await fixture.AcquireAsync(wheel, wheel))
            held.Wheels.Select(stored => stored.Manifest.Name).ShouldBe(["Many.Things", "Many.Things"]);
        var source = WheelFixture.Source(wheel) with { OpenAsync = _ => throw new InvalidOperationException("opened") };

        using var again = await fixture.AcquireAsync(source);

        var manifest = again.Wheels[0].Manifest;
        manifest.Modules.ShouldBe(["native", "package", "single", "space.inner.deep", "space.other", "stable"]);
        manifest.EntryPoints.ShouldBe([new EntryPoint("things", "single", "main", IsGui: false)]);
        manifest.TotalBytes.ShouldBe(manifest.Files.Sum(file => file.Size));
        manifest
            .Files.Single(file => file.Path == "lib/python3.11/site-packages/package/data.txt")
            .Sha256.ShouldBe("5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5");
        manifest.Files.Count(file => file.Path.EndsWith(".pyc")).ShouldBe(6);
    }

    [Fact]
    public async Task A_traceback_names_the_environments_file()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("failing", "1.0") { Files = { ["failing.py"] = "def fail():\n    return 1 / 0\n" } }
        );
        await fixture.LinkAsync(fixture.Environment, held);

        var traceback = await WheelFixture.RunPythonAsync(
            fixture.Environment,
            "-c",
            "import failing, traceback\ntry: failing.fail()\nexcept ZeroDivisionError: print(traceback.format_exc())"
        );

        traceback.ShouldContain(
            $"File \"{fixture.Environment}/lib/python3.11/site-packages/failing.py\", line 2, in fail"
        );
        traceback.ShouldNotContain("staging");
    }

    [Fact]
    public async Task A_compiler_that_takes_too_long_is_stopped_and_leaves_no_wheel()
    {
        using var fixture = await WheelFixture.StartAsync();
        var options = new SandboxOptions { Build = new SandboxLimits { WallTime = TimeSpan.FromMilliseconds(1) } };
        var wheel = WheelFixture.Source(new TestWheel("alpha", "1.0"));

        var thrown = await Should.ThrowAsync<WheelException>(() =>
            new WheelStore(fixture.Layout, new Sandbox(options)).AcquireAsync(
                [wheel],
                fixture.Interpreter,
                null,
                Cancellation
            )
        );

        thrown.Message.ShouldBe(
            "The modules of the wheels could not be compiled. "
                + "It took longer than 0:00:00.001 (Sandbox:Build:WallTime) and was stopped."
        );
        fixture.Staged.ShouldBeEmpty();
        using var held = await fixture.AcquireAsync(wheel);
        held.Wheels.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_held_wheel_is_not_deleted_and_a_deleted_one_leaves_environments_whole()
    {
        using var fixture = await WheelFixture.StartAsync();
        var store = fixture.NewStore();
        var wheel = WheelFixture.Source(new TestWheel("alpha", "1.0"));
        var key = new WheelKey(fixture.Interpreter.CacheTag, wheel.Sha256);
        using (var held = await fixture.AcquireAsync(wheel))
        {
            await fixture.LinkAsync(fixture.Environment, held);
            store.TryDelete(key, isLinked: () => false, dryRun: false).ShouldBeFalse();
        }

        store.TryDelete(key, isLinked: () => false, dryRun: false).ShouldBeTrue();

        Directory.Exists(fixture.Layout.WheelDirectory(wheel.Sha256, fixture.Interpreter.CacheTag)).ShouldBeFalse();
        fixture.Staged.ShouldBeEmpty();
        (
            await WheelFixture.RunPythonAsync(fixture.Environment, "-c", "import alpha; print(alpha.__version__)")
        ).ShouldBe("1.0");
        using var again = await fixture.AcquireAsync(wheel);
        again.Wheels[0].Manifest.Name.ShouldBe("alpha");
    }

    [Fact]
    public async Task A_wheel_without_a_readable_manifest_is_made_anew()
    {
        using var fixture = await WheelFixture.StartAsync();
        var wheel = WheelFixture.Source(new TestWheel("alpha", "1.0"));
        string directory;
        using (var held = await fixture.AcquireAsync(wheel))
            directory = held.Wheels[0].Directory;
        File.WriteAllText(Path.Combine(directory, "manifest.json"), "{");
        File.WriteAllText(Path.Combine(directory, "tree", "stray"), "");

        using var again = await fixture.AcquireAsync(wheel);

        again.Wheels[0].Directory.ShouldBe(directory);
        File.Exists(Path.Combine(directory, "tree", "stray")).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_processes_that_want_one_wheel_make_it_once()
    {
        using var fixture = await WheelFixture.StartAsync();
        var (fifo, sha256) = await FifoAsync(fixture, new TestWheel("alpha", "1.0"));
        await using var first = Acquire(fixture, fifo, sha256);
        await first.ReadAsync("opening", Cancellation);
        await using var second = Acquire(fixture, fifo, sha256);
        await second.ReadAsync(
            "log Waiting for another process that unpacks alpha-1.0-py3-none-any.whl …",
            Cancellation
        );

        await File.WriteAllBytesAsync(fifo, new TestWheel("alpha", "1.0").ToBytes(), Cancellation);

        await first.ReadAsync($"held {fixture.Layout.WheelDirectory(sha256, "cpython-311")}", Cancellation);
        // Nobody writes to the pipe a second time, so the other did not open it.
        await second.ReadAsync($"held {fixture.Layout.WheelDirectory(sha256, "cpython-311")}", Cancellation);
        FileLock.TryAcquireExclusive(fixture.Layout.WheelLockFile(sha256, "cpython-311")).ShouldBeNull();
        await first.EndAsync(Cancellation);
        await second.EndAsync(Cancellation);
        FileLock.TryAcquireExclusive(fixture.Layout.WheelLockFile(sha256, "cpython-311")).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task A_process_that_is_killed_before_the_rename_leaves_no_wheel()
    {
        using var fixture = await WheelFixture.StartAsync();
        var wheel = new TestWheel("alpha", "1.0");
        var (fifo, sha256) = await FifoAsync(fixture, new TestWheel("other", "1.0"));
        await using var host = Acquire(fixture, fifo, sha256, WriteWheel(fixture, wheel));
        await host.ReadAsync("opening", Cancellation);
        var own = WheelFixture.Source(wheel);
        // One of the batch is whole in staging while the other is waited for.
        await Eventually.IsTrueAsync(
            () =>
                fixture.Staged.SingleOrDefault() is { } staged
                && File.Exists(
                    Path.Combine(
                        staged,
                        "files",
                        own.Sha256,
                        "tree/lib/python3.11/site-packages/alpha-1.0.dist-info/WHEEL"
                    )
                ),
            "the first wheel was unpacked",
            Cancellation
        );

        await host.KillAsync(Cancellation);

        Directory.Exists(fixture.Layout.WheelDirectory(own.Sha256, "cpython-311")).ShouldBeFalse();
        using var held = await fixture.AcquireAsync(own);
        held.Wheels[0].Manifest.Name.ShouldBe("alpha");
    }

    [Fact]
    public async Task Those_who_want_the_same_wheels_in_other_orders_all_get_them()
    {
        using var fixture = await WheelFixture.StartAsync();
        var wheels = Enumerable
            .Range(0, 6)
            .Select(i => WheelFixture.Source(new TestWheel($"wheel{i}", "1.0")))
            .ToList();
        var watch = Stopwatch.StartNew();

        var held = await Task.WhenAll(
            fixture.AcquireAsync(wheels),
            fixture.AcquireAsync(Enumerable.Reverse(wheels)),
            fixture.AcquireAsync(wheels.Skip(3).Concat(wheels.Take(3))),
            fixture.AcquireAsync(wheels.Skip(1).Take(3))
        );

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        held[1]
            .Wheels.Select(wheel => wheel.Manifest.Name)
            .ShouldBe(["wheel5", "wheel4", "wheel3", "wheel2", "wheel1", "wheel0"]);
        foreach (var each in held)
            each.Dispose();
        fixture.Staged.ShouldBeEmpty();
    }

    /// <summary>A pipe in the place of a wheel: whoever opens it waits until somebody writes to it.</summary>
    private static async Task<(string Path, string Sha256)> FifoAsync(WheelFixture fixture, TestWheel wheel)
    {
        var path = fixture.Combine(wheel.FileName);
        await Run.CheckedAsync("mkfifo", path);
        return (path, WheelFixture.Source(wheel).Sha256);
    }

    private static string[] WriteWheel(WheelFixture fixture, TestWheel wheel) =>
        [wheel.WriteTo(fixture.Combine("wheels")), WheelFixture.Source(wheel).Sha256];

    private static HostProcess Acquire(WheelFixture fixture, string wheel, string sha256, params string[] others) =>
        HostProcess.Start(["wheels", fixture.Options.StoreDirectory, wheel, sha256, .. others]);
}
