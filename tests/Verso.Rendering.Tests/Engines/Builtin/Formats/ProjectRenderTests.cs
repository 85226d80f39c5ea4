namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

[NeedsSandbox]
public sealed class ProjectRenderTests
{
    [Fact]
    public async Task Every_page_is_rendered_into_the_folder_for_outputs()
    {
        using var project = new Project();
        project.Write("_quarto.yml", "project:\n  output-dir: out\n  render: ['*.qmd', '!draft.qmd']\n");
        project.Write(
            "index.qmd",
            "---\ntitle: Home\n---\n\nSee [more](more/about.qmd#top) and [web](https://a.org/b.qmd).\n"
        );
        project.Write("more/about.qmd", "---\ntitle: About\n---\n\n```{python}\n1 + 1\n```\n");
        project.Write("draft.qmd", "not yet\n");
        project.Write("_part.qmd", "a part\n");

        var rendering = await RenderAsync(project);

        rendering.Result.Status.ShouldBe(RenderStatus.Success, string.Join('\n', rendering.Result.Log));
        Documents(rendering, project).ShouldBe(["out/index.html", "out/more/about.html"]);
        rendering
            .Page.QuerySelectorAll("main a")
            .Select(link => link.GetAttribute("href"))
            .ShouldBe(["more/about.html#top", "https://a.org/b.qmd"]);
    }

    [Fact]
    public async Task It_ends_with_the_first_page_that_fails()
    {
        using var project = new Project();
        project.Write("_quarto.yml", "project:\n  type: website\n");
        project.Write("a.qmd", "```{python}\n1 / 0\n```\n");
        project.Write("b.qmd", "text\n");

        var rendering = await RenderAsync(project);

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        (rendering.Errors.ShouldHaveSingleItem().File, rendering.Warnings.ShouldHaveSingleItem().File).ShouldBe(
            ("a.qmd", "_quarto.yml")
        );
        Documents(rendering, project).ShouldBeEmpty();
    }

    private static async Task<Rendering> RenderAsync(Project project) =>
        await project.RenderAsync(new RenderRequest(project.PathOf(""), null, true));

    private static IEnumerable<string> Documents(Rendering rendering, Project project) =>
        rendering
            .Result.Outputs.Where(output => output.Kind == OutputKind.Document)
            .Select(output => Path.GetRelativePath(project.PathOf(""), output.Path));
}
