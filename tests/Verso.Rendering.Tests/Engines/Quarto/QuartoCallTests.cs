using Verso.Environments.Store;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Rendering.Tests.Logs.Quarto;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>How Quarto is called, as the stand-in saw it.</summary>
[NeedsSandbox]
public sealed class QuartoCallTests(QuartoInstallations quartos)
{
    private const string Cell = "```{python}\n1 + 1\n```\n";

    [Fact]
    public async Task A_document_is_rendered_in_its_folder_without_the_daemon_and_with_a_log_in_JSON()
    {
        using var project = quartos.Project();
        project.StandIn(new() { ["-o.html"] = "made" }, StandInCase.Success("-o.html"), folder: "part");

        var rendering = await project.RenderAsync(
            new RenderRequest(project.Write("part/-o.qmd", Cell), null, true) { Format = "html" }
        );

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        var call = project.Called("part");
        call.Directory.ShouldBe(project.PathOf("part"));
        call.Arguments.Where(argument => !argument.EndsWith("quarto.log"))
            .ShouldBe([
                .. (string[])["render", "./-o.qmd", "--to", "html", "--no-execute-daemon"],
                .. (string[])["--log", "--log-format", "json-stream", "--log-level", "info"],
            ]);
    }

    [Fact]
    public async Task The_environment_holds_what_is_named_and_nothing_else()
    {
        using var project = quartos.Project();
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success());

        await project.RenderAsync(Cell);

        var environment = project.Called().Environment;
        environment
            .Keys.Except(["PWD", "LC_CTYPE"])
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                .. (string[])["DENO_DIR", "HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"],
                .. (string[])["JUPYTER_NO_CONFIG", "JUPYTER_PATH", "JUPYTER_RUNTIME_DIR", "LANG", "MPLCONFIGDIR"],
                .. (string[])["NO_COLOR", "PATH", "PYDEVD_DISABLE_FILE_VALIDATION", "PYTHONDONTWRITEBYTECODE"],
                .. (string[])["PYTHONNOUSERSITE", "QUARTO_PYTHON", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"],
                .. (string[])["XDG_DATA_HOME", "XDG_RUNTIME_DIR"],
            ]);
        environment["QUARTO_PYTHON"].ShouldBe("/usr/bin/python3");
    }

    [Fact]
    public async Task A_document_without_code_is_rendered_on_the_base_interpreter()
    {
        using var project = quartos.Project();
        project.Write("requirements.vrf", "no-such-package-anywhere\n");
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success());

        var rendering = await project.RenderAsync("text\n");

        rendering.Result.Log.ShouldBeEmpty();
        // For code that cannot be seen from here.
        project.Called().Environment["QUARTO_PYTHON"].ShouldBe("/usr/bin/python3");
        project.Called().Environment.Keys.ShouldContain("JUPYTER_PATH");
    }

    [Theory]
    [InlineData("{{< include _cells.qmd >}}\n")]
    [InlineData("{{<  include _cells.qmd >}}\n")]
    [InlineData("{{<embed notebook.ipynb#cell >}}\n")]
    [InlineData("```{python, echo=FALSE}\n1\n```\n")]
    [InlineData("```{ .python }\n1\n```\n")]
    [InlineData("---\njupyter: python3\n---\ntext\n")]
    [InlineData("---\ntitle: &anchor x\nsubtitle: *anchor\n---\ntext\n")]
    [InlineData("text\n", "project:\n  pre-render: prepare.py\n")]
    public async Task A_document_that_may_run_code_is_rendered_with_its_packages(string text, string settings = "")
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", settings);
        project.Write("requirements.vrf", "no such line\n");
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success());

        var rendering = await project.RenderAsync(text);

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering.Result.Environment.Reason.ShouldBe(BaseReason.InvalidRequirements);
        project.Called().Environment.Keys.ShouldContain("QUARTO_PYTHON");
    }

    [Fact]
    public async Task A_project_counts_as_running_code()
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", "project:\n  type: website\n");
        project.Write("requirements.vrf", "no such line\n");
        project.Write("index.qmd", "text\n");
        project.StandIn(new() { ["_site/index.html"] = "made" }, "Output created: _site/index.html\n");

        var rendering = await project.RenderAsync(new RenderRequest(project.PathOf(""), null, true));

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering.Result.Environment.Reason.ShouldBe(BaseReason.InvalidRequirements);
    }

    [Fact]
    public async Task What_is_kept_from_render_to_render_is_one_persons_behind_one_gate()
    {
        using var project = quartos.Project();
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success());
        var request = new RenderRequest(project.Write("report.qmd", Cell), null, true) { Person = "ann" };

        (await HomeAsync(request)).ShouldBeEmpty();
        (await HomeAsync(request)).ShouldBe(["kept"]);
        (await HomeAsync(request with { Person = "" })).ShouldBeEmpty();
        (await HomeAsync(request with { AllowInstall = false })).ShouldBeEmpty();
        (await HomeAsync(request)).ShouldBe(["kept"]);

        async Task<IReadOnlyList<string>> HomeAsync(RenderRequest each)
        {
            (await project.RenderAsync(each)).Result.Status.ShouldBe(RenderStatus.Success);
            return project.Called().Home;
        }
    }

    [Fact]
    public async Task Every_format_that_is_made_is_an_output_and_a_file_that_is_only_named_is_none()
    {
        using var project = quartos.Project();
        project.Write("_quarto.yml", "");
        project.Write("part/data.csv", "1,2");
        project.StandIn(
            new()
            {
                ["report.html"] = "made",
                ["report.pdf"] = "made",
                ["report_files/figure-html/one.png"] = "made",
                ["../outside.html"] = "made",
            },
            """
            pandoc
              to: html
              output-file: report.html

            pandoc
              to: latex
              output-file: report.tex

            Output created: data.csv
            Output created: ../outside.html
            Output created: ../../../../etc/passwd
            Output created: report.html

            """,
            folder: "part"
        );

        var rendering = await project.RenderAsync("text\n", "part/report.qmd");

        rendering
            .Result.Outputs.Select(output => (Path.GetFileName(output.Path), output.Kind))
            .ShouldBe([
                ("report.html", OutputKind.Document),
                ("report.pdf", OutputKind.Document),
                ("one.png", OutputKind.Supporting),
                ("output.log", OutputKind.Log),
            ]);
    }

    [Fact]
    public async Task Without_a_document_in_the_end_the_render_failed()
    {
        using var project = quartos.Project();
        project.StandIn(stderr: StandInCase.Success());

        var rendering = await project.RenderAsync("text\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldHaveSingleItem().ToString().ShouldStartWith("report.qmd: error: Quarto ended well, but");
    }

    [Fact]
    public async Task The_log_file_counts_before_what_is_printed()
    {
        using var project = quartos.Project();
        project.StandIn(
            stderr: "ERROR: Something else\n",
            log: RecordedLog.Read("cv2.log-json-stream.txt"),
            exitCode: 1
        );

        var rendering = await project.RenderAsync(File.ReadAllText(Path.Combine(RecordedLog.Documents, "cv2.qmd")));

        rendering.Errors.ShouldHaveSingleItem().Advice!.Module.ShouldBe("cv2");
    }

    [Fact]
    public async Task What_only_standard_error_says_is_read_from_there()
    {
        using var project = quartos.Project();
        project.StandIn(
            stderr: RecordedLog.Read("d1_python_without_jupyter.stderr.txt"),
            log: """{"msg":"\nStarting python3 kernel...","level":20,"levelName":"INFO","loggerName":"default"}""",
            exitCode: 1
        );

        var rendering = await project.RenderAsync(Cell);

        rendering.Result.Status.ShouldBe(RenderStatus.Error);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain("this is not the document's fault");
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("")]
    [InlineData("html\n")]
    public async Task A_format_that_could_be_taken_for_something_else_is_refused(string format)
    {
        using var project = quartos.Project();

        var rendering = await project.RenderAsync(
            new RenderRequest(project.Write("report.qmd", "text\n"), null, true) { Format = format }
        );

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldBe($"'{format}' is no format's name.");
    }

    [Fact]
    public async Task Who_waits_learns_how_far_it_is()
    {
        using var project = quartos.Project();
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success());
        var told = new ToldProgress();

        await project.RenderAsync(new RenderRequest(project.Write("report.qmd", Cell), null, true), told);

        told.Messages.ShouldBe(["Running the cells", "Cell 2/2", "Making the document"]);
    }

    [Fact]
    public async Task Without_the_sandbox_it_works_in_the_projects_folder_itself()
    {
        using var project = new Project
        {
            Options = quartos.Options(),
            Sandbox = new Sandbox(new SandboxOptions { Mode = SandboxMode.Unconfined }),
        };
        project.StandIn(
            new() { ["report.html"] = "made", ["report_files/style.css"] = "p {}" },
            StandInCase.Success(),
            python: "open('link-target', 'w'); import os; os.symlink('link-target', 'link')"
        );

        var rendering = await project.RenderAsync(Cell);

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        rendering
            .Result.Outputs.Select(output => output.Path)
            .ShouldBe([
                project.PathOf("report.html"),
                project.PathOf("report_files/style.css"),
                project.PathOf("output.log"),
            ]);
        new FileInfo(project.PathOf("link")).LinkTarget.ShouldBe("link-target");
        project.Called().Environment["HOME"].ShouldNotBe(SandboxProfile.Home);
    }

    public static TheoryData<string> Recorded =>
        [
            .. Directory
                .GetFiles(RecordedLog.Cases, "*.stderr.txt")
                .Select(path => Path.GetFileName(path)!)
                .Where(name => !name.StartsWith("project"))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_recorded_run_ends_as_it_should(string recorded)
    {
        var printed = RecordedLog.Read(recorded);
        var made = printed
            .Split('\n')
            .Where(line => line.Contains("Output created: "))
            .ToDictionary(line => line[(line.LastIndexOf(' ') + 1)..].Trim(), _ => "made");
        using var project = quartos.Project();
        project.StandIn(made, printed, made.Count > 0 ? 0 : 1);
        var name = made.Count > 0 ? Path.ChangeExtension(made.Keys.Single(), "qmd") : recorded.Split('.')[0] + ".qmd";
        var document = Path.Combine(RecordedLog.Documents, name);

        var rendering = await project.RenderAsync(File.Exists(document) ? File.ReadAllText(document) : "text\n", name);

        rendering.Result.Status.ShouldBe(
            made.Count > 0 ? RenderStatus.Success
            : rendering.Errors.Any(error => error.Advice?.Kind == AdviceKind.Installation) ? RenderStatus.Error
            : RenderStatus.Failure
        );
        rendering.Errors.Any().ShouldBe(made.Count == 0);
    }

    // At once, where Progress<T> would tell later.
    private sealed class ToldProgress : IProgress<RenderProgress>
    {
        public List<string> Messages { get; } = [];

        public void Report(RenderProgress value) => Messages.Add(value.Message);
    }
}
