using System.Text.Json;
using Verso.Environments;

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>Which interpreter runs the cells: found by Debian's jupyter_client, just as Quarto's own program finds it.</summary>
[NeedsSandbox]
public sealed class KernelTests(QuartoInstallations quartos)
{
    private const string SystemKernel = "/usr/share/jupyter/kernels/python3/kernel.json";

    // As Quarto's jupyter.py does it; what the cell prints is left in a file.
    private const string Supervisor = """
        from jupyter_client.manager import start_new_kernel

        said = []
        manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
        client.execute_interactive(
            "import sys; print(sys.prefix)",
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
        open("prefix", "w").write("".join(said).strip())
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        """;

    private const string WithoutJupyterPath = "import os\ndel os.environ['JUPYTER_PATH']\n";

    // Where a kernelspec of the user's own would stand, in the home that is kept from render to render.
    private const string PlantInHome = """
        import json, os, pathlib
        for data in (os.environ["XDG_DATA_HOME"], os.path.expanduser("~/.local/share")):
            spec = pathlib.Path(data, "jupyter/kernels/python3/kernel.json")
            spec.parent.mkdir(parents=True, exist_ok=True)
            spec.write_text(json.dumps({"argv": ["/bin/false", "{connection_file}"], "display_name": "x", "language": "python"}))

        """;

    [Fact]
    public async Task Cells_run_in_the_environment_though_the_system_names_another_by_its_path()
    {
        NeedsTheSystemsKernel();
        using var project = WithPackage(out var wheelhouse);
        using var _ = wheelhouse;

        var (rendering, prefix) = await RenderAsync(project, Supervisor);

        prefix.ShouldEndWith(rendering.Result.Environment.Key!);
        Directory.Exists(prefix).ShouldBeTrue();
        project.Called().Environment["QUARTO_PYTHON"].ShouldBe(prefix + "/bin/python");
    }

    [Fact]
    public async Task Left_to_itself_jupyter_would_run_them_in_the_systems()
    {
        NeedsTheSystemsKernel();
        using var project = quartos.Project();

        var (_, prefix) = await RenderAsync(project, WithoutJupyterPath + Supervisor);

        prefix.ShouldBe("/usr");
    }

    [Fact]
    public async Task A_kernel_in_the_home_is_never_the_one()
    {
        using var project = WithPackage(out var wheelhouse);
        using var _ = wheelhouse;

        await RenderAsync(project, PlantInHome + Supervisor);
        var (rendering, prefix) = await RenderAsync(project, Supervisor);

        project.Called().Home.ShouldContain(".local/share/jupyter/kernels/python3/kernel.json");
        prefix.ShouldEndWith(rendering.Result.Environment.Key!);
    }

    [Fact]
    public async Task On_the_base_interpreter_they_run_in_that_one()
    {
        using var project = quartos.Project();

        await RenderAsync(project, PlantInHome + Supervisor);
        var (_, prefix) = await RenderAsync(project, Supervisor);

        prefix.ShouldBe("/usr");
        project.Called().Environment["QUARTO_PYTHON"].ShouldBe("/usr/bin/python3");
    }

    private static void NeedsTheSystemsKernel()
    {
        Assert.SkipUnless(File.Exists(SystemKernel), "The system has no kernelspec (Debian: python3-ipykernel).");
        using var spec = JsonDocument.Parse(File.ReadAllText(SystemKernel));
        spec.RootElement.GetProperty("argv")[0].GetString()!.ShouldStartWith("/usr/bin/python3");
    }

    private Project WithPackage(out TemporaryDirectory wheelhouse)
    {
        wheelhouse = new TemporaryDirectory();
        new TestWheel("greeting", "1.0").WriteTo(wheelhouse.Path);
        var project = new Project
        {
            Options = quartos.Options(),
            Environments = new() { Enabled = true },
            Index = new PackageIndexOptions { Upstream = "", Wheelhouses = [wheelhouse.Path] },
        };
        project.Write("requirements.vrf", "greeting\n");
        return project;
    }

    private static async Task<(Rendering Rendering, string Prefix)> RenderAsync(Project project, string python)
    {
        project.StandIn(new() { ["report.html"] = "made" }, StandInCase.Success(), python: python);
        var rendering = await project.RenderAsync("```{python}\nimport sys\n```\n");
        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        return (
            rendering,
            await File.ReadAllTextAsync(project.PathOf("prefix"), TestContext.Current.CancellationToken)
        );
    }
}
