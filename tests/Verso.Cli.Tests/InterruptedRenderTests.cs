namespace Verso.Cli.Tests;

[NeedsSandbox]
public sealed class InterruptedRenderTests(Installation installation)
{
    private const string Plain = "";

    // What the cell started, and what ignores being asked to end, have to go as well.
    private const string Stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)";

    [Theory]
    [InlineData(RunningProgram.SigInt, 130, Plain)]
    [InlineData(RunningProgram.SigTerm, 143, Plain)]
    [InlineData(RunningProgram.SigInt, 130, Stubborn)]
    public async Task A_signal_ends_a_cell_that_loops_and_leaves_nothing(int signal, int exitCode, string preparation)
    {
        using var place = new TemporaryDirectory();
        // A process of the cell's, which can be told from all others.
        var marker = $"marker-{Guid.NewGuid():N}";
        var document = place.Write(
            "project/report.qmd",
            $"""
            ```{"{python}"}
            {preparation}
            import subprocess
            subprocess.Popen(["python3", "-c", "import time; time.sleep(600) # {marker}"])
            while True:
                pass
            ```
            """
        );
        var project = Path.GetDirectoryName(document)!;
        using var program = RunningProgram.Start(project, installation.Variables(place), "render", "report.qmd");
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(marker).Count > 0,
            "the cell runs",
            TestContext.Current.CancellationToken
        );

        program.Signal(signal);

        (await program.EndAsync()).ShouldBe((exitCode, "", ""));
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(marker).Count == 0,
            "all that the cell started is gone",
            TestContext.Current.CancellationToken
        );
        Names(project).ShouldBe(["report.qmd"]);
        Names(place.Path).ShouldNotContain(name => name.StartsWith("verso-"), "a work directory was left behind");
    }

    [Fact]
    public async Task A_program_that_is_killed_leaves_no_process()
    {
        using var place = new TemporaryDirectory();
        var marker = $"marker-{Guid.NewGuid():N}";
        var document = place.Write(
            "project/report.qmd",
            $"""
            ```{"{python}"}
            import subprocess
            subprocess.Popen(["python3", "-c", "import time; time.sleep(600) # {marker}"], start_new_session=True)
            while True:
                pass
            ```
            """
        );
        var project = Path.GetDirectoryName(document)!;
        using var program = RunningProgram.Start(project, installation.Variables(place), "render", "report.qmd");
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(marker).Count > 0,
            "the cell runs",
            TestContext.Current.CancellationToken
        );

        program.Signal(RunningProgram.SigKill);

        (await program.EndAsync()).ExitCode.ShouldBe(128 + RunningProgram.SigKill);
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(marker).Count == 0,
            "all that the cell started is gone",
            TestContext.Current.CancellationToken
        );
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
}
