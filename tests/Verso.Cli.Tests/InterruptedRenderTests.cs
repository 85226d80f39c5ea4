using Verso.Sandboxing;

namespace Verso.Cli.Tests;

public sealed class InterruptedRenderTests(Installation installation)
{
    private const string Plain = "";

    // What the cell started, and what ignores being asked to end, have to go as well.
    private const string Stubborn = """
        import signal, subprocess
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        subprocess.Popen(["sleep", "infinity"], pass_fds=[pipe.fileno()], start_new_session=False)
        """;

    [Theory]
    [InlineData(RunningProgram.SigInt, 130, Plain)]
    [InlineData(RunningProgram.SigTerm, 143, Plain)]
    [InlineData(RunningProgram.SigInt, 130, Stubborn)]
    public async Task A_signal_ends_a_cell_that_loops_and_leaves_nothing(int signal, int exitCode, string preparation)
    {
        using var place = new TemporaryDirectory();
        // Whoever runs holds the pipe open, so that its end says that nobody is left.
        var document = place.Write(
            "project/report.qmd",
            $"""
            ```{"{python}"}
            pipe = open("pipe", "w")
            {preparation}
            print("running", file=pipe, flush=True)
            while True:
                pass
            ```
            """
        );
        var project = Path.GetDirectoryName(document)!;
        var made = await ProcessRunner.RunAsync(
            new ProcessSpec("mkfifo", "pipe") { WorkingDirectory = project },
            TestContext.Current.CancellationToken
        );
        made.Succeeded.ShouldBeTrue();
        using var program = RunningProgram.Start(project, installation.Variables(place), "render", "report.qmd");
        // Opening waits for the other side.
        using var pipe = await Task.Run(() => File.OpenText(Path.Combine(project, "pipe")))
            .WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken);
        (await pipe.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("running");

        program.Signal(signal);

        (await program.EndAsync()).ShouldBe((exitCode, "", ""));
        var rest = await pipe.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken);
        rest.ShouldBe("");
        Names(project).ShouldBe(["pipe", "report.qmd"]);
        Names(place.Path).ShouldNotContain(name => name.StartsWith("verso-"), "a work directory was left behind");
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
}
