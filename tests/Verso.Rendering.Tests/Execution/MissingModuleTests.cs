using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class MissingModuleTests : IDisposable
{
    private readonly Project _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task The_entry_names_the_cell_the_line_and_the_package()
    {
        var error = await ErrorOfAsync("text\n\n```{python}\n#| label: load-image\nx = 1\nimport cv2\n```\n");

        (error.File, error.Line, error.Cell).ShouldBe(("report.qmd", 6, "load-image"));
        error.Message.ShouldBe(
            "ModuleNotFoundError: No module named 'cv2'. Add 'opencv-python' to requirements.vrf; "
                + "or, if 'cv2' is a module of the project's own, put cv2.py beside the document."
        );
        error.Advice.ShouldBe(new Advice(AdviceKind.AddPackage, "cv2", "opencv-python", "opencv-python"));
    }

    [Fact]
    public async Task An_import_in_a_function_of_an_earlier_cell_is_found_there()
    {
        var error = await ErrorOfAsync(
            "```{python}\ndef load():\n    import cv2\n```\n\n```{python}\n#| label: use\nload()\n```\n"
        );

        (error.Line, error.Cell, error.Advice!.Package).ShouldBe((3, "use", "opencv-python"));
    }

    [Fact]
    public async Task An_import_in_a_local_module_is_found_at_the_cell_that_asked_for_it()
    {
        _project.Write("helpers.py", "import os\nimport cv2\n");

        var error = await ErrorOfAsync("\n```{python}\n#| label: use\n\nimport helpers\n```\n");

        (error.Line, error.Cell, error.Advice!.Module).ShouldBe((5, "use", "cv2"));
    }

    [Fact]
    public async Task The_whole_name_asked_for_finds_the_package()
    {
        _project.Write("google/keep.txt", "");

        var error = await ErrorOfAsync("```{python}\nimport google.cloud.storage\n```\n");

        error.Advice!.Package.ShouldBe("google-cloud-storage");
    }

    [Fact]
    public async Task An_optional_dependency_that_a_library_misses_counts_too()
    {
        var error = await ErrorOfAsync(
            """
            ```{python}
            try:
                import cv2
            except ImportError as e:
                raise ImportError("Missing optional dependency") from e
            ```
            """
        );

        error.Message.ShouldStartWith("ImportError: Missing optional dependency. Add 'opencv-python'");
    }

    [Fact]
    public async Task An_inline_expression_gets_advice_as_well()
    {
        var error = await ErrorOfAsync("a\n\n`{python} __import__(\"cv2\")`\n");

        (error.Line, error.Advice!.Package).ShouldBe((3, "opencv-python"));
    }

    [Fact]
    public async Task A_package_that_is_listed_but_was_not_installed_is_said_to_be_so()
    {
        using var project = new Project
        {
            Environments = new() { Enabled = true },
            AllowInstall = false,
        };
        project.Write("requirements.vrf", "OpenCV.python\n");

        var rendering = await project.RenderAsync("```{python}\nimport cv2\n```\n");

        var error = rendering.Errors.ShouldHaveSingleItem();
        error.Message.ShouldEndWith(
            "It comes with 'opencv-python', which requirements.vrf names but which was not installed; the warning on requirements.vrf says why."
        );
        error.Advice.ShouldBe(new Advice(AdviceKind.NotInstalled, "cv2", "opencv-python"));
        rendering.Result.Log.Count(entry => entry.Message.Contains("may not install packages")).ShouldBe(1);
    }

    private async Task<LogEntry> ErrorOfAsync(string text) =>
        (await _project.RenderAsync(text)).Errors.ShouldHaveSingleItem();
}
