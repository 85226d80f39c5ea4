using Verso.Environments.Store;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Logs.Quarto;

namespace Verso.Rendering.Tests.Logs.Quarto;

/// <summary>Which line of the document a failure is shown at.</summary>
public sealed class QuartoPlaceTests : IDisposable
{
    private const string Repeated = "---\ntitle: x\n---\n\n```{python}\nload()\n```\n\n```{python}\nload()\n```\n";

    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 10)]
    public async Task Of_cells_with_the_same_source_the_counter_tells_which(int number, int line)
    {
        var entry = await ReadAsync(Repeated, Failure(number, 2, "", "load()", $"Cell In[{number}], line 1"));

        (entry.Line, entry.Cell).ShouldBe((line, $"{number}"));
    }

    [Fact]
    public async Task Cells_that_are_not_run_count_as_cells_but_get_no_number_from_the_kernel()
    {
        const string Text =
            "```{python}\n#| eval: false\nx\n```\n\n```{python}\ndef f():\n    return 1 / 0\n```\n\n```{python}\nf()\n```\n";

        var entry = await ReadAsync(
            Text,
            Failure(
                3,
                3,
                "",
                "f()",
                "Cell In[2], line 1\n----> 1 f()\n\nCell In[1], line 2, in f()\n----> 2     return 1 / 0"
            )
        );

        (entry.Line, entry.Cell).ShouldBe((8, "3"));
    }

    [Fact]
    public async Task Where_an_include_has_shifted_the_counter_the_source_tells_which()
    {
        const string Text = "{{< include other.qmd >}}\n\n```{python}\na()\n```\n\n```{python}\nb()\n```\n";

        var entry = await ReadAsync(Text, Failure(2, 3, "", "a()", "Cell In[2], line 1"));

        (entry.Line, entry.Cell).ShouldBe((4, "1"));
    }

    [Fact]
    public async Task A_cell_of_an_included_file_is_shown_at_no_line_of_this_one()
    {
        const string Text = "{{< include other.qmd >}}\n\n```{python}\na()\n```\n";

        var entry = await ReadAsync(Text, Failure(1, 2, "", "elsewhere()", "Cell In[1], line 1"));

        entry.Line.ShouldBeNull();
    }

    [Fact]
    public async Task The_label_finds_a_cell_that_the_counter_does_not()
    {
        const string Text = "```{python}\na()\n```\n\n```{python}\n#| label: fig-b\na()\n```\n";

        var entry = await ReadAsync(Text, Failure(3, 4, "fig-b", "a()", "Cell In[3], line 1"));

        (entry.Line, entry.Cell).ShouldBe((7, "fig-b"));
    }

    [Theory]
    [InlineData("Cell In [1], line 2")]
    [InlineData("Cell In[1], line 2")]
    [InlineData("Input In [1], in <cell line: 2>()")]
    public async Task Every_IPython_says_the_line_in_its_way(string frame)
    {
        var entry = await ReadAsync("```{python}\nx = 1\ny\n```\n", Failure(1, 1, "", "x = 1\ny", frame));

        entry.Line.ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_that_ended_the_run_is_named_with_the_cell_that_ran()
    {
        const string Log =
            "Starting python3 kernel...Done\n\nExecuting 'report.quarto_ipynb'\n  Cell 2/2: ''...Kernel died\n";

        var entry = await ReadAsync(
            Repeated,
            Log,
            "It needed more than 2,048 MiB of memory (Sandbox:Render:MemoryMiB) and was stopped."
        );

        entry.Message.ShouldBe(
            "The document's code was too much. It needed more than 2,048 MiB of memory (Sandbox:Render:MemoryMiB) and was stopped."
        );
        (entry.Line, entry.Cell).ShouldBe((10, "2"));
    }

    [Theory]
    [InlineData("OSError: [Errno 28] No space left on device: 'x'", "The disk is full")]
    [InlineData("OSError: [Errno 122] Disk quota exceeded", "The disk is full")]
    [InlineData("MemoryError: Unable to allocate 80 GiB", "wanted more memory")]
    public async Task What_ran_out_is_named(string error, string said)
    {
        var entry = await ReadAsync(
            Repeated,
            Failure(1, 2, "", "load()", "Cell In[1], line 1")
                .Replace("NameError: name 'y' is not defined", error)
                .Replace("NameError", error.Split(':')[0])
        );

        entry.Message.ShouldContain(said);
        entry.Line.ShouldBe(6);
    }

    [Theory]
    [InlineData("ERROR: No space left on device (os error 28)\n", "The disk is full")]
    [InlineData("Fatal JavaScript out of memory: Reached heap limit\n", "wanted more memory")]
    public async Task What_ran_out_in_Quarto_itself_is_named(string log, string said) =>
        (await ReadAsync(Repeated, log)).Message.ShouldContain(said);

    private static string Failure(int number, int count, string label, string source, string frames) =>
        $"""

            Starting python3 kernel...Done

            Executing 'report.quarto_ipynb'
              Cell {number}/{count}: '{label}'...

            An error occurred while executing the following cell:
            ------------------
            {source.Replace("\n", "\n            ")}
            ------------------

            ---------------------------------------------------------------------------
            NameError                                 Traceback (most recent call last)
            {frames.Replace("\n", "\n            ")}

            NameError: name 'y' is not defined
            NameError: name 'y' is not defined

            WARN: Error encountered when rendering files
            """.Replace("\n            ", "\n");

    private async Task<LogEntry> ReadAsync(string text, string log, string? overrun = null)
    {
        var path = _project.Write("report.qmd", text);
        var document = await QuartoDocument.LoadAsync(path, TestContext.Current.CancellationToken);
        var advisor = new ModuleAdvisor(
            _project.Path,
            new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "")
        );
        return QuartoLog
            .Read(log, new QuartoRun(_project.Path, [document], advisor, ExitCode: 1) { Overrun = overrun })
            .ShouldHaveSingleItem();
    }
}
