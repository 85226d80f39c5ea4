using System.Text.Json;

namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

/// <summary>One document, rendered once to all formats that need no browser.</summary>
[NeedsSandbox]
public sealed class SeveralFormatsTests(SeveralFormatsTests.Document document)
    : IClassFixture<SeveralFormatsTests.Document>
{
    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """
                ---
                title: "One *text*"
                author: Ada Lovelace
                toc: true
                format:
                  html: default
                  docx: default
                  gfm: default
                  ipynb: default
                ---

                ## Section

                Mathematics $x^2$, and the value `{python} 6 * 7`.

                ```{python}
                #| label: runs
                from pathlib import Path
                ran = Path("ran")
                ran.write_text((ran.read_text() if ran.exists() else "") + "x")
                print("printed")
                ```

                ```{python}
                #| label: fig-line
                #| fig-cap: "A line: rising"
                import matplotlib.pyplot as plt
                plt.plot([1, 2])
                plt.show()
                ```

                ```{python}
                import pandas as pd
                pd.DataFrame({"name": ["first"], "value": [1.5]})
                ```
                """;

        public string Folder { get; private set; } = "";

        protected override void Prepare(Project project) => Folder = project.PathOf("");
    }

    private Rendering Rendering => document.Rendering;

    private string Word => Rendering.Document(".docx");

    [Fact]
    public void Each_format_that_is_named_comes_out()
    {
        Rendering.Result.Status.ShouldBe(RenderStatus.Success, string.Join('\n', Rendering.Result.Log));
        Rendering
            .Result.Outputs.Where(output => output.Kind == OutputKind.Document)
            .Select(output => Path.GetFileName(output.Path))
            .ShouldBe(["report.html", "report.docx", "report.md", "report.ipynb"]);
    }

    [Fact]
    public void The_cells_ran_once() => File.ReadAllText(Path.Combine(document.Folder, "ran")).ShouldBe("x");

    [Fact]
    public void Word_has_the_title_the_text_and_real_mathematics()
    {
        var text = Outputs.Parts(Word, "word/document.xml").ShouldHaveSingleItem();

        string.Concat(text.Texts("t")).ShouldContain("the value 42");
        text.Descendants().Count(node => node.Name.LocalName == "oMath").ShouldBe(1);
        text.Descendants()
            .Where(node => node.Name.LocalName == "pStyle")
            .SelectMany(node => node.Attributes().Select(attribute => attribute.Value))
            .ShouldContain("Title");
    }

    [Fact]
    public void Word_has_figures_as_bitmaps()
    {
        Outputs.Names(Word).Where(name => name.StartsWith("word/media/")).ShouldHaveSingleItem().ShouldEndWith(".png");
        var size = Outputs
            .Parts(Word, "word/document.xml")[0]
            .Descendants()
            .First(node => node.Name.LocalName == "extent")
            .Attribute("cx")!
            .Value;
        // In English Metric Units: twice as many pixels as it is wide, and not wider than the text.
        (int.Parse(size) / 914_400d).ShouldBeInRange(4, 6.5);
    }

    [Fact]
    public void Markdown_refers_to_figures_that_stand_beside_it()
    {
        var path = Rendering.Document(".md");
        var markdown = File.ReadAllText(path);

        markdown.ShouldStartWith("# One *text*");
        markdown.ShouldContain("[Section](#section)");
        markdown.ShouldContain("``` python\nfrom pathlib");
        markdown.ShouldNotContain("<div");
        var figure = Rendering.Result.Outputs.Single(output => output.Path.EndsWith(".png"));
        figure.Kind.ShouldBe(OutputKind.Supporting);
        markdown.ShouldContain($"({Path.GetRelativePath(Path.GetDirectoryName(path)!, figure.Path)})");
    }

    [Fact]
    public void A_notebook_has_the_cells_and_what_they_showed()
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(Rendering.Document(".ipynb")));
        var cells = notebook.RootElement.GetProperty("cells").EnumerateArray().ToList();

        cells
            .Select(cell => cell.GetProperty("cell_type").GetString())
            .ShouldBe(["raw", "markdown", "code", "code", "code"]);
        Source(cells[0]).ShouldStartWith("---\ntitle:");
        Source(cells[1]).ShouldContain("the value 42");
        Source(cells[3]).ShouldStartWith("#| label: fig-line\n#| fig-cap: \"A line: rising\"\nimport");
        cells[2].GetProperty("outputs")[0].GetProperty("text")[0].GetString().ShouldBe("printed\n");
        var plot = cells[3].GetProperty("outputs")[0];
        Convert
            .FromBase64String(plot.GetProperty("data").GetProperty("image/png").GetString()!)[1..4]
            .ShouldBe("PNG"u8.ToArray());
        cells[4].GetProperty("outputs")[0].GetProperty("data").TryGetProperty("text/html", out _).ShouldBeTrue();
        cells.Select(cell => cell.GetProperty("id").GetString()).ShouldBeUnique();
    }

    private static string Source(JsonElement cell) =>
        string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    [Fact]
    public async Task What_each_format_would_say_is_said_once_and_on_one_line()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "---\ntitle: A\ntheme: \"x\\nerror: forged\\e[2J\"\nformat: {html: default, docx: default}\n---\n\nSee @fig-gone.\n"
        );

        rendering.Warnings.Count(entry => entry.Message.Contains("fig-gone")).ShouldBe(1);
        rendering.Result.Log.ShouldAllBe(entry => !entry.ToString().Any(char.IsControl));
    }

    [Fact]
    public async Task Files_that_only_their_owner_may_read_are_put_into_the_document()
    {
        using var project = new Project();
        project.Write("pixel.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        File.SetUnixFileMode(project.PathOf("pixel.svg"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(
            project.PathOf(""),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );

        var rendering = await project.RenderAsync("![A](pixel.svg)\n");

        rendering.Warnings.ShouldBeEmpty();
        rendering.Page.QuerySelector("img")!.GetAttribute("src")!.ShouldStartWith("data:image/svg");
    }
}
