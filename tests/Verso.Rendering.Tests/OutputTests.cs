namespace Verso.Rendering.Tests;

[NeedsSandbox]
public sealed class OutputTests : IDisposable
{
    private readonly Project _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task An_earlier_document_survives_a_failed_render()
    {
        await _project.RenderAsync("good\n");
        var before = await File.ReadAllBytesAsync(
            _project.PathOf("report.html"),
            TestContext.Current.CancellationToken
        );

        var rendering = await _project.RenderAsync("```{python}\nnever closed\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldHaveSingleItem().Line.ShouldBe(1);
        rendering.Log.ShouldBe(
            "Verso's log of report.qmd\nreport.qmd:1: error: the cell that starts here is never closed with ```.\n"
        );
        var after = await File.ReadAllBytesAsync(_project.PathOf("report.html"), TestContext.Current.CancellationToken);
        after.ShouldBe(before);
    }

    [Fact]
    public async Task An_output_log_of_somebody_else_is_left_alone()
    {
        _project.Write("output.log", "an experiment's log\n");

        var rendering = await _project.RenderAsync("```{python}\nprint('said')\n```\n");

        (await File.ReadAllTextAsync(_project.PathOf("output.log"), TestContext.Current.CancellationToken)).ShouldBe(
            "an experiment's log\n"
        );
        rendering.Result.Outputs.Select(output => Path.GetFileName(output.Path)).ShouldContain("report.output.log");
        rendering.Log.ShouldContain("said\n");
    }

    [Theory]
    [InlineData("with space.qmd")]
    [InlineData("'quotes' \"and\" $(id);.qmd")]
    [InlineData("größe 日本.qmd")]
    [InlineData("-o.qmd")]
    [InlineData("dots.in.name.qmd")]
    [InlineData("sub/folder/deep.qmd")]
    public async Task Any_file_name_will_do(string name)
    {
        var rendering = await _project.RenderAsync("text `{python} 1 + 1`\n", name);

        rendering.Result.Outputs[0].Path.ShouldBe(_project.PathOf(Path.ChangeExtension(name, "html")));
        rendering.Page.QuerySelector("main p")!.TextContent.ShouldBe("text 2");
    }

    [Fact]
    public async Task A_name_as_long_as_the_system_allows_will_do()
    {
        var rendering = await _project.RenderAsync("text\n", new string('n', 250) + ".qmd");

        rendering.Result.Status.ShouldBe(RenderStatus.Success);
    }

    [Fact]
    public async Task The_output_folder_is_made()
    {
        var folder = _project.PathOf("out/of/this");

        var rendering = await _project.RenderAsync("text\n", outputDirectory: folder);

        rendering
            .Result.Outputs.Select(output => (output.Path, output.Type))
            .ShouldBe([
                (Path.Combine(folder, "report.html"), "text/html"),
                (Path.Combine(folder, "output.log"), "text/plain"),
            ]);
        rendering.Result.Outputs[0].Size.ShouldBe(new FileInfo(Path.Combine(folder, "report.html")).Length);
        Directory.GetFiles(folder).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_link_at_the_outputs_place_is_replaced_and_not_written_through()
    {
        var precious = _project.Write("precious.txt", "kept");
        File.CreateSymbolicLink(_project.PathOf("report.html"), precious);
        File.CreateSymbolicLink(_project.PathOf("output.log"), precious);

        var rendering = await _project.RenderAsync("text\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Success);
        File.ReadAllText(precious).ShouldBe("kept");
        new FileInfo(_project.PathOf("report.html")).LinkTarget.ShouldBeNull();
        new FileInfo(_project.PathOf("output.log")).LinkTarget.ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_at_the_outputs_place_is_said_to_be_in_the_way()
    {
        Directory.CreateDirectory(_project.PathOf("report.html"));

        var rendering = await _project.RenderAsync("text\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Error);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain("report.html");
    }

    [Theory]
    [InlineData("page.html")]
    [InlineData("output.log")]
    public async Task A_file_that_its_own_output_would_replace_is_refused(string name)
    {
        var rendering = await _project.RenderAsync("text\n", name);

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain(".qmd");
        File.ReadAllText(_project.PathOf(name)).ShouldBe("text\n");
    }

    [Fact]
    public async Task What_cannot_be_put_into_the_document_is_warned_about_and_left()
    {
        var rendering = await _project.RenderAsync(
            """
            ![A picture](missing.png)

            ![A badge](https://example.invalid/badge.svg)

            <iframe src="https://example.invalid/video?a=1&amp;b=2"></iframe>

            <img src='gone.png' alt="Gone"> <script>var tag = "<img src='never.png'>";</script>
            """
        );

        rendering.Result.Status.ShouldBe(RenderStatus.Success);
        rendering
            .Warnings.Select(warning => warning.ToString())
            .ShouldBe(
                [
                    "report.qmd:1: warning: The file missing.png does not exist beside the document.",
                    "report.qmd:3: warning: https://example.invalid/badge.svg is not put into the document; it is fetched whenever somebody reads it.",
                    "report.qmd:5: warning: https://example.invalid/video?a=1&amp;b=2 is not put into the document; it is fetched whenever somebody reads it.",
                    "report.qmd:7: warning: The file gone.png does not exist beside the document.",
                ],
                ignoreOrder: true
            );
        rendering
            .Page.QuerySelectorAll("img")
            .Select(image => image.GetAttribute("src"))
            .ShouldBe(["missing.png", "https://example.invalid/badge.svg", "gone.png"]);
        rendering.Page.QuerySelector("script")!.TextContent.ShouldContain("\"<img src='never.png'>\"");
        rendering.Log.ShouldContain("missing.png");
    }

    [Fact]
    public async Task An_image_beside_the_document_is_taken_into_it()
    {
        _project.Write("sub/square.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");

        _project.Write("sub/my square.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"2\"/>");

        var rendering = await _project.RenderAsync(
            "![A](square.svg) ![B](<my square.svg>) ![C](my%20square.svg)\n",
            "sub/report.qmd"
        );

        var images = rendering.Page.QuerySelectorAll("img");
        images.Length.ShouldBe(3);
        images.ShouldAllBe(image => image.GetAttribute("src")!.StartsWith("data:image/svg+xml"));
        rendering.Result.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Progress_names_each_cell()
    {
        var progress = new Recorded();

        await _project.RenderAsync("```{python}\n#| label: one\n```\n\n```{python}\n2\n```\n", progress: progress);

        progress.Messages.ShouldBe(["Cell 1/2: one", "Cell 2/2", "Making the document"]);
    }

    private sealed class Recorded : IProgress<RenderProgress>
    {
        public List<string> Messages { get; } = [];

        public void Report(RenderProgress value) => Messages.Add(value.Message);
    }
}
