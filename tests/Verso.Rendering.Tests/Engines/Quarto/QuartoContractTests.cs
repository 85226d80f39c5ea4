using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Tests.Logs.Quarto;

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>What Verso relies on of Quarto; the stand-in keeps it, and so must a real one wherever it is installed.</summary>
[NeedsSandbox]
public sealed class QuartoContractTests(QuartoInstallations quartos)
{
    private const string Page = "<html><body><p>text</p></body></html>\n";

    public static TheoryData<string> Quartos => QuartoInstallations.All;

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_document_and_the_files_beside_it_are_outputs(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.StandIn(
            new() { ["report.html"] = Page, ["report_files/libs/style.css"] = "p {}" },
            StandInCase.Success()
        );

        var rendering = await project.RenderAsync("---\ntitle: A report\n---\n\n```{python}\n1 + 1\n```\n\ntext\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering.Result.Engine.ShouldBe("quarto");
        rendering.Errors.ShouldBeEmpty();
        rendering.Page.Body!.TextContent.ShouldContain("text");
        var outputs = rendering.Result.Outputs;
        (outputs[0].Path, outputs[0].Kind).ShouldBe((project.PathOf("report.html"), OutputKind.Document));
        outputs.Count(output => output.Kind == OutputKind.Document).ShouldBe(1);
        var supporting = outputs.Where(output => output.Kind == OutputKind.Supporting).ToList();
        supporting.ShouldNotBeEmpty();
        supporting.ShouldAllBe(output => output.Path.StartsWith(project.PathOf("report_files/libs/")));
        supporting.ShouldContain(output => output.Type == "text/css");
        outputs.ShouldAllBe(output => File.Exists(output.Path) && output.Size == new FileInfo(output.Path).Length);
        outputs[^1].Kind.ShouldBe(OutputKind.Log);
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_missing_module_is_led_back_to_its_line_and_an_earlier_document_stays(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.Write("cv2.html", "earlier");
        project.StandIn(new() { ["cv2.html"] = "half" }, RecordedLog.Read("cv2.stderr.txt"), exitCode: 1);
        var text = File.ReadAllText(Path.Combine(RecordedLog.Documents, "cv2.qmd"));

        var rendering = await project.RenderAsync(text, "cv2.qmd");

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        var error = rendering.Errors.ShouldHaveSingleItem();
        (error.File, error.Cell, error.Advice?.Module).ShouldBe(("cv2.qmd", "load-image", "cv2"));
        text.Split('\n')[error.Line!.Value - 1].ShouldBe("import cv2");
        error.Message.ShouldContain("opencv-python");
        rendering.Log.ShouldContain("No module named 'cv2'");
        File.ReadAllText(project.PathOf("cv2.html")).ShouldBe("earlier");
        rendering.Result.Outputs.ShouldHaveSingleItem().Kind.ShouldBe(OutputKind.Log);
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task Another_format_is_made_when_asked_for(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.StandIn(new() { ["report.docx"] = "made" }, StandInCase.Success("report.docx"));
        var request = new RenderRequest(project.Write("report.qmd", "text\n"), null, true) { Format = "docx" };

        var rendering = await project.RenderAsync(request);

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        var document = rendering.Result.Outputs.Single(output => output.Kind == OutputKind.Document);
        document.Path.ShouldBe(project.PathOf("report.docx"));
        document.Type.ShouldStartWith("application/vnd.openxmlformats");
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task With_a_folder_for_outputs_nothing_is_left_beside_the_document(string quarto)
    {
        using var project = quartos.Project(quarto);
        using var elsewhere = new TemporaryDirectory();
        project.StandIn(
            new() { ["report.html"] = Page, ["report_files/libs/style.css"] = "p {}" },
            StandInCase.Success(),
            folder: "part"
        );

        var rendering = await project.RenderAsync("text\n", "part/report.qmd", elsewhere.Path);

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering.Result.Outputs.ShouldAllBe(output => output.Path.StartsWith(elsewhere.Path + "/"));
        File.Exists(elsewhere.Combine("report.html")).ShouldBeTrue();
        Directory.GetFiles(elsewhere.Combine("report_files"), "*.css", SearchOption.AllDirectories).ShouldNotBeEmpty();
        File.Exists(project.PathOf("part/report.html")).ShouldBeFalse();
        Directory.Exists(project.PathOf("part/report_files")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_website_is_rendered_whole(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.Write("_quarto.yml", "project:\n  type: website\nformat: html\n");
        var index = project.Write("index.qmd", "# Start\n");
        project.Write("more/about.qmd", "# About\n");
        project.Write("_site/gone.html", "of a page that is no more");
        project.StandIn(
            new()
            {
                ["_site/index.html"] = Page,
                ["_site/more/about.html"] = Page,
                ["_site/site_libs/style.css"] = "p {}",
                ["_site/search.json"] = "[]",
            },
            """
            [1/2] more/about.qmd
            pandoc
              output-file: about.html

            [2/2] index.qmd
            pandoc
              output-file: index.html

            Output created: _site/index.html

            """,
            remove: ["_site/gone.html"]
        );

        var rendering = await project.RenderAsync(new RenderRequest(Path.GetDirectoryName(index)!, null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        var outputs = rendering.Result.Outputs;
        outputs
            .Where(output => output.Kind == OutputKind.Document)
            .Select(output => output.Path)
            .ShouldBe([project.PathOf("_site/index.html"), project.PathOf("_site/more/about.html")]);
        outputs.ShouldContain(output =>
            output.Kind == OutputKind.Supporting && output.Path.StartsWith(project.PathOf("_site/site_libs/"))
        );
        outputs.ShouldContain(output => output.Path == project.PathOf("_site/search.json"));
        File.Exists(project.PathOf("_site/gone.html")).ShouldBeFalse();
        File.Exists(project.PathOf("output.log")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_website_that_fails_leaves_the_earlier_one(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.Write("_quarto.yml", "project:\n  type: website\n");
        var index = project.Write("index.qmd", "```{python}\nraise ValueError('wrong')\n```\n");
        project.Write("_site/index.html", "earlier");
        project.StandIn(
            new() { ["_site/site_libs/style.css"] = "half" },
            RecordedLog.Read("project_abc.stderr.txt"),
            exitCode: 1,
            remove: ["_site/index.html"]
        );

        var rendering = await project.RenderAsync(new RenderRequest(Path.GetDirectoryName(index)!, null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldNotBeEmpty();
        File.ReadAllText(project.PathOf("_site/index.html")).ShouldBe("earlier");
        Directory.Exists(project.PathOf("_site/site_libs")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_page_of_a_website_goes_to_the_websites_folder(string quarto)
    {
        using var project = quartos.Project(quarto);
        project.Write("_quarto.yml", "project:\n  type: website\n  output-dir: public\n");
        project.Write("public/old.html", "of an earlier render");
        project.StandIn(
            new() { ["../public/more/about.html"] = Page, ["../public/site_libs/style.css"] = "p {}" },
            "pandoc\n  output-file: about.html\n\nOutput created: ../public/more/about.html\n",
            folder: "more"
        );

        var rendering = await project.RenderAsync("# About\n", "more/about.qmd");

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering.Result.Outputs[0].Path.ShouldBe(project.PathOf("public/more/about.html"));
        rendering.Result.Outputs.ShouldContain(output => output.Path.StartsWith(project.PathOf("public/site_libs/")));
        rendering.Result.Outputs.ShouldNotContain(output => output.Path == project.PathOf("public/old.html"));
        File.Exists(project.PathOf("public/old.html")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task What_cells_write_is_kept_whether_the_render_fails_or_not(string quarto)
    {
        const string Code = "open('data.csv', 'w').write('1,2')\nraise ValueError('wrong')";
        using var project = quartos.Project(quarto);
        project.StandIn(
            new() { ["data.csv"] = "1,2", ["report_files/figure-html/half.png"] = "half" },
            RecordedLog.Read("valueerror.stderr.txt"),
            exitCode: 1
        );

        var rendering = await project.RenderAsync($"```{{python}}\n{Code}\n```\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        File.ReadAllText(project.PathOf("data.csv")).ShouldBe("1,2");
        Directory.Exists(project.PathOf("report_files")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Quartos))]
    public async Task A_render_that_takes_too_long_is_stopped_with_all_it_started(string quarto)
    {
        var mark = $"{Guid.NewGuid():N}";
        var code = $"""
            import subprocess, time
            subprocess.Popen(["sh", "-c", "sleep 1000; :", "{mark}"], start_new_session=True)
            open("begun", "w")
            time.sleep(1000)
            """;
        var limit = TimeSpan.FromSeconds(quarto == QuartoInstallations.Real ? 30 : 3);
        using var project = quartos.Project(quarto, new() { WallTime = limit });
        project.StandIn(python: code);

        var rendering = await project.RenderAsync($"```{{python}}\n{code}\n```\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain("(Sandbox:Render:WallTime)");
        File.Exists(project.PathOf("begun")).ShouldBeTrue();
        ProcessTable.WithArgument(mark).ShouldBeEmpty();
    }
}
