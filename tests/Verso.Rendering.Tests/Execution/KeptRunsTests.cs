namespace Verso.Rendering.Tests.Execution;

/// <summary>Cells that would come to the same are not run again; each run shows a number of its own here.</summary>
[NeedsSandbox]
public sealed class KeptRunsTests : IDisposable
{
    private const string Cell = """
        ```{python}
        #| label: run
        import os
        print(os.urandom(8).hex())
        ```
        """;

    private readonly Project _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Another_text_shows_what_the_cells_came_to_before()
    {
        _project.Write("data.csv", "1");

        var first = await RenderAsync($"One.\n\n{Cell}");
        var second = await RenderAsync($"Two, and another line.\n\nMore.\n\n{Cell}");

        second.Output("run").ShouldBe(first.Output("run"));
        second.Page.Body!.TextContent.ShouldContain("Two, and another line.");
        second.Result.Log.ShouldContain(entry => entry.Message.StartsWith("The cells were not run again"));
        first.Result.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("print(1)\nprint", false)]
    [InlineData("print", true)]
    public async Task Other_code_and_other_files_have_them_run(string instead, bool changesFile)
    {
        _project.Write("data.csv", "1");
        var first = await RenderAsync(Cell);

        if (changesFile)
            _project.Write("data.csv", "22");
        var second = await RenderAsync(Cell.Replace("print", instead));

        second.Output("run").ShouldNotContain(first.Output("run"));
    }

    [Theory]
    [InlineData("---\nexecute:\n  cache: false\n---\n\n", true, false)]
    [InlineData("---\nexecute:\n  cache: true\n---\n\n", false, true)]
    [InlineData("", false, false)]
    public async Task The_document_has_the_last_word(string frontMatter, bool reuses, bool isKept)
    {
        var first = await RenderAsync(frontMatter + Cell, reuses);
        var second = await RenderAsync(frontMatter + Cell, reuses);

        (second.Output("run") == first.Output("run")).ShouldBe(isKept);
    }

    [Fact]
    public async Task Cells_that_leave_files_are_run_each_time()
    {
        const string Leaving = """
            ```{python}
            #| label: run
            import os
            name = os.urandom(8).hex()
            open(name, "w").close()
            print(name)
            ```
            """;
        var first = await RenderAsync(Leaving);
        var second = await RenderAsync(Leaving);

        second.Output("run").ShouldNotBe(first.Output("run"));
    }

    [Fact]
    public async Task Cells_that_failed_are_run_again()
    {
        const string Failing = "```{python}\nraise ValueError('no')\n```\n";
        await RenderAsync(Failing);
        var second = await RenderAsync(Failing);

        second.Result.Log.ShouldContain(entry => entry.Message.Contains("no"));
        second.Result.Log.ShouldNotContain(entry => entry.Message.StartsWith("The cells were not run again"));
    }

    private Task<Rendering> RenderAsync(string text, bool reuses = true) =>
        _project.RenderAsync(
            new RenderRequest(_project.Write("report.qmd", text), null, AllowInstall: true) { ReusesRuns = reuses }
        );
}
