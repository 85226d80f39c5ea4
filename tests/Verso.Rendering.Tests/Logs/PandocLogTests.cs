using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Logs;

public sealed class PandocLogTests
{
    private static readonly DocumentPlaces Places = new(
        DocumentParser.Parse("/project/report.qmd", "---\ntitle: A\n---\n\nSee @fig-one and @fig-one-b.\n"),
        "/project",
        composed => composed + 1
    );

    [Fact]
    public void What_names_a_text_or_a_line_is_led_back_to_the_document() =>
        Read(
                "[WARNING] @@fig-one-b@ open\n[WARNING] Duplicate x at line 6 column 1\n[WARNING] Citeproc: citation fig-one not found\n",
                exitCode: 0
            )
            .Select(entry => $"{entry.Line} {entry.Message}")
            .ShouldBe(["5 open", "7 Duplicate x", "5 Nothing in the bibliography is called 'fig-one'."]);

    [Fact]
    public void Warnings_are_read_over_their_indented_lines() =>
        Read("[WARNING] Could not convert TeX math\n  \\foo: unexpected\n  \"f\"\n[WARNING] Second\n", exitCode: 0)
            .Select(entry => (entry.Level, entry.Message, entry.File))
            .ShouldBe([
                (EntryLevel.Warning, "Could not convert TeX math \\foo: unexpected \"f\"", "report.qmd"),
                (EntryLevel.Warning, "Second", "report.qmd"),
            ]);

    [Fact]
    public void What_newer_versions_say_about_our_own_options_is_left_out() =>
        Read("[WARNING] Deprecated: --self-contained. use --embed-resources --standalone\n", exitCode: 0)
            .ShouldBeEmpty();

    [Fact]
    public void Other_lines_are_errors_only_when_pandoc_failed()
    {
        Read("something odd\n", exitCode: 0).ShouldBeEmpty();
        Read("[WARNING] W\nunexpected end\n", exitCode: 1)
            .Select(entry => $"{entry.Level} {entry.Message}")
            .ShouldBe(["Warning W", "Error pandoc: unexpected end"]);
    }

    [Fact]
    public void A_failure_without_a_word_is_an_error_still() =>
        Read("", exitCode: 137).ShouldHaveSingleItem().Message.ShouldBe("pandoc: it ended with exit code 137.");

    private static List<LogEntry> Read(string stderr, int exitCode) =>
        [.. PandocLog.Read(new ProcessResult(ProcessEnd.Exited, exitCode, "", stderr, TimeSpan.Zero), Places)];
}
