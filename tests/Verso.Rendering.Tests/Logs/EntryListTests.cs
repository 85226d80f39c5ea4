using Verso.Environments.Store;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs;

public sealed class EntryListTests
{
    [Fact]
    public void Of_very_many_entries_so_many_are_kept_as_somebody_reads_and_an_error_in_any_case()
    {
        using var project = new TemporaryDirectory();
        var log =
            string.Concat(Enumerable.Range(0, 5000).Select(number => $"WARN: number {number}\n")) + "ERROR: the end\n";
        var advisor = new ModuleAdvisor(
            project.Path,
            new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "")
        );

        var entries = QuartoLog.Read(log, new QuartoRun(project.Path, [], advisor, ExitCode: 1));

        entries.Count.ShouldBe(902);
        entries[0].Message.ShouldBe("number 0.");
        entries[^2].ToString().ShouldBe("error: the end.");
        entries[^1].ToString().ShouldBe("info: There are 4,100 more such messages in the log's text.");
    }
}
