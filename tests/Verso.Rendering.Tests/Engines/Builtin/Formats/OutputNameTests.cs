namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

[NeedsSandbox]
public sealed class OutputNameTests
{
    [Theory]
    [InlineData("html", "output-file: named.html", "named.html")]
    [InlineData("html", "output-file: ../named", "named.html")]
    [InlineData("gfm", "title: A", "text-gfm.md")]
    public async Task It_is_the_documents_or_another_that_it_names(string format, string line, string expected)
    {
        using var project = new Project();

        var rendering = await project.RenderAsync($"---\nformat: {format}\n{line}\n---\ntext\n", "text.md");

        rendering.Result.Outputs.Select(output => Path.GetFileName(output.Path)).ShouldContain(expected);
        File.ReadAllText(project.PathOf("text.md")).ShouldStartWith("---");
    }

    [Fact]
    public async Task Two_formats_with_one_ending_do_not_take_each_others_place()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "---\nformat:\n  html: default\n  revealjs: default\n---\n\n## One\n\ntext\n"
        );

        rendering
            .Result.Outputs.Where(output => output.Kind == OutputKind.Document)
            .Select(output => Path.GetFileName(output.Path))
            .ShouldBe(["report.html", "report-revealjs.html"]);
    }

    [Fact]
    public async Task What_is_not_embedded_stands_beside_it()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "---\nformat: html\nembed-resources: false\n---\n\n```{python}\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n```\n",
            "My report.qmd"
        );

        rendering.Page.QuerySelector("img")!.GetAttribute("src").ShouldBe("My%20report_files/figure-html/cell-1-1.png");
        File.Exists(project.PathOf("My report_files/figure-html/cell-1-1.png")).ShouldBeTrue();
    }
}
