using System.Diagnostics;
using Verso.Environments.Store;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs;

/// <summary>Text that a document's code makes up to be slow to look through is looked through at once.</summary>
public sealed class SlowTextTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    public static TheoryData<string, string> Texts =>
        new()
        {
            { "Exception", "pip install" + string.Concat(Enumerable.Repeat(" --a", 900)) + " !" },
            { "Exception", "pip install" + string.Concat(Enumerable.Repeat(" -c --a", 500)) + " !" },
            { "ImportError", " lib" + string.Concat(Enumerable.Repeat(".so", 300_000)) },
            { "Exception", new string('\n', 1_000_000) + "x" },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_error_is_explained_at_once(string type, string message)
    {
        using var directory = new TemporaryDirectory();
        var watch = Stopwatch.StartNew();

        ErrorText.Describe(new RaisedError(type, message, ""), Advisor(directory.Path)).Message.ShouldStartWith(type);

        watch.Elapsed.ShouldBeLessThan(AtOnce);
    }

    [Fact]
    public void A_log_with_digits_of_other_scripts_and_paths_that_are_none_is_read()
    {
        using var directory = new TemporaryDirectory();
        const string Log = "[1/1] ../../etc/passwd\n  Cell ٣/٤: ''...Done\nWARN: at line ٣\nOutput created: a\0b\n";

        var entries = QuartoLog.Read(Log, new QuartoRun(directory.Path, [], Advisor(directory.Path), ExitCode: 1));

        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(entry => entry.File == null);
    }

    private static ModuleAdvisor Advisor(string project) =>
        new(project, new EnvironmentOutcome.Base(BaseReason.NoRequirements, "None.", [], ""));
}
