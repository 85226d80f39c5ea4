namespace Verso.Sandboxing.Tests.Attacks;

/// <summary>Bombs: each ends with the limit that it came up against, named with its value and its setting.</summary>
[NeedsSandbox]
public sealed class LimitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Sandbox _sandbox = new(new SandboxOptions());

    [Fact]
    public async Task Memory()
    {
        var result = await RunAsync("x = bytearray(1 << 30)", new SandboxLimits { MemoryMiB = 128 });

        ShouldName(result, Overrun.Memory, "128 MiB", "Sandbox:Render:MemoryMiB");
    }

    [Fact]
    public async Task Memory_of_many_processes()
    {
        var result = await RunAsync(
            "import os, time\nfor _ in range(8):\n  if os.fork() == 0:\n    x = bytearray(os.urandom(1 << 25)); time.sleep(60)\ntime.sleep(60)",
            new SandboxLimits { MemoryMiB = 128, WallTime = TimeSpan.FromSeconds(5) }
        );

        result.Overrun.ShouldBeOneOf(Overrun.Memory, Overrun.WallTime);
    }

    [Fact]
    public async Task Processes()
    {
        var result = await RunAsync(
            "import os, time\ntry:\n  while os.fork(): pass\nexcept OSError as e: print('refused', e.errno)\ntime.sleep(1)",
            new SandboxLimits { Processes = 32 }
        );

        result.Process.Output.ShouldStartWith("refused 11");
    }

    [Fact]
    public async Task Wall_time()
    {
        var result = await RunAsync(
            "import time; time.sleep(600)",
            new SandboxLimits { WallTime = TimeSpan.FromSeconds(1) }
        );

        ShouldName(result, Overrun.WallTime, "0:00:01", "Sandbox:Render:WallTime");
    }

    [Fact]
    public async Task Wall_time_of_what_ignores_signals()
    {
        var result = await RunAsync(
            "import signal, time\nfor s in (15, 2, 1): signal.signal(s, signal.SIG_IGN)\nwhile True: time.sleep(1)",
            new SandboxLimits { WallTime = TimeSpan.FromSeconds(1) }
        );

        result.Overrun.ShouldBe(Overrun.WallTime);
    }

    [Fact]
    public async Task Cpu_time()
    {
        var result = await RunAsync("while True: pass", new SandboxLimits { CpuTime = TimeSpan.FromSeconds(1) });

        ShouldName(result, Overrun.CpuTime, "0:00:01", "Sandbox:Render:CpuTime");
    }

    [Fact]
    public async Task Output()
    {
        var result = await RunAsync("while True: print('x' * 1000)", new SandboxLimits { OutputMiB = 1 });

        ShouldName(result, Overrun.Output, "1 MiB", "Sandbox:Render:OutputMiB");
    }

    [Fact]
    public async Task Disk_in_many_files()
    {
        var result = await RunAsync(
            "import itertools\nfor i in itertools.count(): open(f'f{i}', 'wb').write(bytes(1 << 18))",
            new SandboxLimits { DiskMiB = 4 }
        );

        ShouldName(result, Overrun.Disk, "4 MiB", "Sandbox:Render:DiskMiB");
    }

    [Fact]
    public async Task Disk_in_empty_files()
    {
        var result = await RunAsync(
            "import itertools\nfor i in itertools.count(): open(f'f{i}', 'w').close()",
            new SandboxLimits { DiskMiB = 4 }
        );

        ShouldName(result, Overrun.Disk, "4 MiB", "Sandbox:Render:DiskMiB");
    }

    /// <summary>Files where no path leads would be counted by nobody.</summary>
    [Fact]
    public async Task Disk_beyond_the_reach_of_paths()
    {
        var result = await RunAsync(
            "import os, time\nfor _ in range(50):\n  os.mkdir('d' * 200); os.chdir('d' * 200)\nopen('big', 'wb').write(bytes(1 << 20))\ntime.sleep(600)",
            new SandboxLimits { DiskMiB = 4 }
        );

        ShouldName(result, Overrun.Nesting, "4,096 characters");
        await FolderTree.DeleteAsync(_directory.Combine(new string('d', 200)));
        Directory.EnumerateFileSystemEntries(_directory.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Disk_in_one_file_is_refused_at_once()
    {
        var result = await RunAsync(
            "try: open('big', 'wb').write(bytes(1 << 24))\nexcept OSError as e: print('refused', e.errno)",
            new SandboxLimits { DiskMiB = 4 }
        );

        result.Process.Output.ShouldBe("refused 27\n");
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("/dev/shm")]
    [InlineData(SandboxProfile.Home)]
    public async Task Temporary_folders_are_full_at_their_size(string folder)
    {
        var result = await RunAsync(
            $"f = open('{folder}/big', 'wb')\ntry:\n  for _ in range(300): f.write(bytes(1 << 20))\n  f.flush()\nexcept OSError as e: print('refused', e.errno)",
            new SandboxLimits { TemporaryMiB = 8 }
        );

        result.Process.Output.ShouldStartWith("refused 28");
    }

    [Fact]
    public async Task A_daemon_that_forked_twice_is_dead_afterwards()
    {
        var result = await RunAsync(
            "import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    i = 0\n    while True:\n      open('alive', 'w').write(str(i)); i += 1; time.sleep(0.01)\n  os._exit(0)\nos.wait()\nwhile not os.path.exists('alive'): time.sleep(0.01)",
            new SandboxLimits()
        );

        result.Succeeded.ShouldBeTrue(result.Process.Error);
        var last = await File.ReadAllTextAsync(_directory.Combine("alive"), TestContext.Current.CancellationToken);
        var written = File.GetLastWriteTimeUtc(_directory.Combine("alive"));
        using var other = new TemporaryDirectory();
        await RunAsync("pass", new SandboxLimits()); // as long again as the daemon would need many times over
        File.GetLastWriteTimeUtc(_directory.Combine("alive")).ShouldBe(written, last);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_alive()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var marker = $"marker-{Guid.NewGuid():N}";
        var spec = Spec($"import time; print('{marker}', flush=True); time.sleep(600)") with
        {
            OnOutput = _ => cancel.Cancel(),
        };

        await Should.ThrowAsync<OperationCanceledException>(() =>
            _sandbox.RunAsync(spec, Profile(new SandboxLimits()), cancel.Token)
        );

        AliveWith(marker).ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_nothing_alive()
    {
        var marker = $"marker-{Guid.NewGuid():N}";

        await RunAsync($"'{marker}'\nwhile True: pass", new SandboxLimits { WallTime = TimeSpan.FromSeconds(1) });

        AliveWith(marker).ShouldBe(0);
    }

    public void Dispose() => _directory.Dispose();

    // A process that was killed may take a moment to be gone, and is a zombie without a command line before.
    private static int AliveWith(string marker)
    {
        int Count() =>
            Directory
                .EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
                .Count(folder => CommandLine(folder).Contains(marker));
        SpinWait.SpinUntil(() => Count() == 0, TimeSpan.FromSeconds(5));
        return Count();
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void ShouldName(SandboxResult result, Overrun overrun, params string[] words)
    {
        result.Overrun.ShouldBe(overrun, result.Process.Error);
        foreach (var word in words)
            result.Explanation.ShouldNotBeNull().ShouldContain(word);
    }

    private Task<SandboxResult> RunAsync(string python, SandboxLimits limits) =>
        _sandbox.RunAsync(Spec(python), Profile(limits), TestContext.Current.CancellationToken);

    private ProcessSpec Spec(string python) =>
        new("/usr/bin/python3", "-I", "-c", python) { WorkingDirectory = _directory.Path };

    private SandboxProfile Profile(SandboxLimits limits) =>
        new(limits, "Sandbox:Render") { Writable = [new WritableFolder(_directory.Path)] };
}
