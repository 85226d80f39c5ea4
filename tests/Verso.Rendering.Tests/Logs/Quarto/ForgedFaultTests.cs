using Verso.Environments.Store;
using Verso.Rendering.Engines.Quarto;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs.Quarto;

/// <summary>What a document's code prints is never taken for a fault of the installation.</summary>
public sealed class ForgedFaultTests : IDisposable
{
    private const string Begun =
        "\nStarting python3 kernel...Done\n\nExecuting 'report.quarto_ipynb'\n  Cell 1/1: ''...";
    private const string Failed =
        "\n\nAn error occurred while executing the following cell:\n------------------\nraise ValueError(x)\n"
        + "------------------\n\nValueError: x\n[1/1] report.qmd\n";

    private readonly TemporaryDirectory _project = new();

    public static TheoryData<string> Faults =>
        [
            "/usr/bin/python3: No module named ipykernel_launcher",
            "No such kernel named python3",
            "Traceback (most recent call last):\n  File \"/opt/quarto/share/jupyter/jupyter.py\", line 20\nModuleNotFoundError: No module named 'nbformat'",
            "WARN: Specified QUARTO_PYTHON '/usr/bin/python3' does not exist",
            "No TeX installation was detected.",
            "ERROR: Error executing 'Rscript': Failed to spawn 'Rscript'",
        ];

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_stands_behind_a_cell_is_none(string printed)
    {
        Read($"{Begun}{Failed}{printed}\n").ShouldNotContain(entry => IsFault(entry));
        Read($"{Begun}{printed}\nDone\n").ShouldNotContain(entry => IsFault(entry));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Nor_is_what_a_cell_puts_into_the_log_in_Quartos_place(string printed)
    {
        var messages = new QuartoMessages(log: $"{printed}\nERROR: so it is\n", printed: $"{Begun}\n");

        messages.Entries(Run()).ShouldNotContain(entry => IsFault(entry));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Before_there_was_any_code_it_is_one(string printed) =>
        QuartoLog
            .Read($"\nStarting python3 kernel...{printed}\n", Run() with { IsInstalled = _ => false })
            .ShouldContain(entry => IsFault(entry));

    private static bool IsFault(LogEntry entry) => entry.Advice?.Kind == AdviceKind.Installation;

    private IReadOnlyList<LogEntry> Read(string log) => QuartoLog.Read(log, Run());

    private QuartoRun Run() =>
        new(
            _project.Path,
            [],
            new ModuleAdvisor(_project.Path, new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "")),
            ExitCode: 1
        )
        {
            File = "report.qmd",
            IsInstalled = _ => true,
        };
}
