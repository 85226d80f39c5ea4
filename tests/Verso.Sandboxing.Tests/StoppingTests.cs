namespace Verso.Sandboxing.Tests;

/// <summary>Whatever ends a run, nothing of it is left alive.</summary>
public sealed class StoppingTests : IDisposable
{
    // Ignores SIGTERM, as does a child of its own; both say who they are and then stay.
    private const string Stubborn = """
        import os, signal, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.fork()
        with open(f"{sys.argv[1]}/{os.getpid()}", "w"): pass
        print("here", flush=True)
        while True: time.sleep(1000)
        """;

    private readonly TemporaryDirectory _pids = new();

    public void Dispose() => _pids.Dispose();

    [Fact]
    public async Task The_time_limit_stops_a_tree_that_ignores_the_request_to_end()
    {
        var spec = Shell.Python(Stubborn, _pids.Path) with
        {
            Timeout = TimeSpan.FromSeconds(3),
            StopGrace = TimeSpan.FromMilliseconds(100),
        };

        var result = await spec.RunAsync();

        result.End.ShouldBe(ProcessEnd.TimedOut);
        result.Succeeded.ShouldBeFalse();
        result.Output.ShouldBe("here\nhere\n");
        await ShouldAllDieAsync(2);
    }

    [Fact]
    public async Task Cancelling_throws_once_the_tree_is_dead()
    {
        using var cancellation = new CancellationTokenSource();
        var arrived = 0;
        var spec = Shell.Python(Stubborn, _pids.Path) with
        {
            StopGrace = TimeSpan.FromMilliseconds(100),
            OnOutput = _ =>
            {
                if (++arrived == 2)
                    cancellation.Cancel();
            },
        };

        await Should.ThrowAsync<OperationCanceledException>(() => ProcessRunner.RunAsync(spec, cancellation.Token));

        await ShouldAllDieAsync(2);
    }

    [Fact]
    public async Task A_program_that_heeds_the_request_to_end_may_tidy_up_first()
    {
        using var cancellation = new CancellationTokenSource();
        var tidied = _pids.Combine("tidied");
        var spec = Shell.Script(
            """trap 'touch "$1"; exit' TERM; echo ready; while :; do sleep 0.05; done""",
            tidied
        ) with
        {
            StopGrace = TimeSpan.FromMinutes(1),
            OnOutput = _ => cancellation.Cancel(),
        };

        await Should.ThrowAsync<OperationCanceledException>(() => ProcessRunner.RunAsync(spec, cancellation.Token));

        File.Exists(tidied).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_starts_nothing()
    {
        var started = _pids.Combine("started");
        var spec = Shell.Script("touch \"$1\"", started);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            ProcessRunner.RunAsync(spec, new CancellationToken(canceled: true))
        );

        File.Exists(started).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Output_past_the_limit_stops_the_program(int pipe)
    {
        var spec = Shell.Script($"while :; do echo spam; done >&{pipe}") with { OutputLimit = 100_000 };

        var result = await spec.RunAsync();

        result.End.ShouldBe(ProcessEnd.OutputLimitExceeded);
        result.Succeeded.ShouldBeFalse();
        (result.Output + result.Error).Length.ShouldBeInRange(1, 100_000);
    }

    [Fact]
    public async Task Output_of_just_the_limit_is_no_fault()
    {
        var result = await (Shell.Script("printf 12345") with { OutputLimit = 5 }).RunAsync();

        result.Succeeded.ShouldBeTrue();
        result.Output.ShouldBe("12345");
    }

    [Fact]
    public async Task What_a_program_leaves_running_is_dead_afterwards()
    {
        var result = await Shell.Script("sleep 1000 & echo $!").RunAsync();

        result.Succeeded.ShouldBeTrue();
        await ShouldDieAsync(int.Parse(result.Output));
    }

    [Fact]
    public async Task A_grandchild_in_a_session_of_its_own_delays_nothing_and_loses_its_pipe()
    {
        var (release, said) = (_pids.Combine("release"), _pids.Combine("said"));
        // It leaves the tree, keeps standard output open and tries to write there once the run is over.
        var result = await Shell
            .Python(
                """
                import os, sys, time
                release, said = sys.argv[1:]
                print("parent", flush=True)
                reader, writer = os.pipe()
                if os.fork() == 0:
                    os.setsid()
                    os.write(writer, b"x")
                    while not os.path.exists(release): time.sleep(0.02)
                    try:
                        os.write(1, b"late")
                        answer = "written"
                    except BrokenPipeError:
                        answer = "broken pipe"
                    with open(said + ".new", "w") as file: file.write(answer)
                    os.rename(said + ".new", said)
                else:
                    os.read(reader, 1)  # ends only once the grandchild has left the session
                """,
                release,
                said
            )
            .RunAsync();

        result.Succeeded.ShouldBeTrue();
        result.Output.ShouldBe("parent\n");
        await File.WriteAllTextAsync(release, "", TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(
            () => File.Exists(said),
            "the grandchild wrote",
            TestContext.Current.CancellationToken
        );
        (await File.ReadAllTextAsync(said, TestContext.Current.CancellationToken)).ShouldBe("broken pipe");
    }

    private async Task ShouldAllDieAsync(int count)
    {
        var pids = Directory.EnumerateFiles(_pids.Path).Select(path => int.Parse(Path.GetFileName(path))).ToList();
        pids.Count.ShouldBe(count);
        foreach (var pid in pids)
            await ShouldDieAsync(pid);
    }

    // The kernel ends what it was told to kill when it comes to it, not at once.
    private static Task ShouldDieAsync(int pid) =>
        Eventually.IsTrueAsync(
            () => !ProcessTable.IsAlive(pid),
            $"process {pid} died",
            TestContext.Current.CancellationToken
        );
}
