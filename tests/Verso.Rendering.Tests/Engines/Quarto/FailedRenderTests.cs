using Verso.Rendering.Tests.Logs.Quarto;

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>What a render that fails leaves in the project.</summary>
[NeedsSandbox]
public sealed class FailedRenderTests(QuartoInstallations quartos)
{
    [Fact]
    public async Task Of_a_project_without_a_folder_for_outputs_the_earlier_ones_stay()
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", "project:\n  type: default\n");
        project.Write("one.qmd", "text\n");
        var two = project.Write("part/two.qmd", "text\n");
        project.Write("one.html", "earlier");
        project.Write("one_files/style.css", "earlier");
        project.Write("part/named.md", "earlier");
        project.StandIn(
            new()
            {
                ["one.html"] = "half",
                ["one_files/style.css"] = "half",
                ["part/named.md"] = "half",
                ["part/data.csv"] = "1,2",
            },
            "[1/2] one.qmd\npandoc\n  output-file: one.html\n\n[2/2] part/two.qmd\npandoc\n  output-file: named.md\n\nERROR: wrong\n",
            exitCode: 1
        );

        var rendering = await project.RenderAsync(new RenderRequest(project.PathOf(""), null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Failure, rendering.Log);
        foreach (var earlier in (string[])["one.html", "one_files/style.css", "part/named.md"])
            File.ReadAllText(project.PathOf(earlier)).ShouldBe("earlier");
        File.ReadAllText(project.PathOf("part/data.csv")).ShouldBe("1,2");
        File.Exists(two).ShouldBeTrue();
    }

    [Fact]
    public async Task A_project_whose_folder_for_outputs_is_none_is_not_rendered()
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", "project:\n  type: website\n  output-dir: .git\n");
        project.Write("index.qmd", "text\n");
        project.Write(".git/config", "[core]\n");
        project.StandIn(new() { [".git/index.html"] = "made" }, "Output created: .git/index.html\n");

        var rendering = await project.RenderAsync(new RenderRequest(project.PathOf(""), null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering
            .Errors.ShouldHaveSingleItem()
            .ToString()
            .ShouldStartWith("_quarto.yml:3: error: output-dir is '.git'");
        File.Exists(project.PathOf("called.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Outputs_that_cannot_all_be_put_in_their_places_are_none_of_them()
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", "project:\n  type: website\n");
        project.Write("index.qmd", "text\n");
        project.Write("_site/index.html", "earlier");
        project.Write("_site/gone.html", "earlier");
        project.Write("_site/search.json/by-somebody", "");
        project.StandIn(
            new() { ["_site/index.html"] = "made" },
            "Output created: _site/index.html\n",
            remove: ["_site/gone.html", "_site/search.json/by-somebody"],
            python: "import os; os.rmdir('_site/search.json'); open('_site/search.json', 'w')"
        );

        var rendering = await project.RenderAsync(new RenderRequest(project.PathOf(""), null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Error, rendering.Log);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain("A folder stands where an output belongs");
        File.ReadAllText(project.PathOf("_site/index.html")).ShouldBe("earlier");
        File.Exists(project.PathOf("_site/gone.html")).ShouldBeTrue();
        Directory.GetFiles(project.PathOf("_site"), ".verso-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Very_much_that_is_printed_is_not_kept()
    {
        using var project = quartos.Project();
        const string Print = "import sys\nfor n in range(200_000): print('x' * 100, n, file=sys.stderr)\n";
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success(), python: Print);

        var rendering = await project.RenderAsync("```{python}\n1\n```\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Success);
        rendering.Log.Length.ShouldBeLessThan(5 << 20);
        rendering.Log.ShouldContain("characters that were printed here are left out");
    }
}
