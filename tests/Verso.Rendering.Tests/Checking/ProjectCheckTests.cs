using Verso.Environments;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Checking;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Checking;

[NeedsSandbox]
public sealed class ProjectCheckTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();
    private readonly TemporaryDirectory _store = new();

    public void Dispose()
    {
        _project.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Each_missing_module_is_named_once_at_its_line()
    {
        _project.Write(
            "report.qmd",
            "text\n\n```{python}\n#| label: load\nimport os, numpy\nimport cv2 as cv\nimport cv2\n```\n"
        );

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        entry
            .ToString()
            .ShouldBe(
                "report.qmd:6: error (cell load): There is no module 'cv2' here. Add 'opencv-python' to requirements.vrf; "
                    + "or, if 'cv2' is a module of the project's own, put cv2.py beside the document."
            );
        entry.Advice.ShouldBe(new Advice(AdviceKind.AddPackage, "cv2", "opencv-python", "opencv-python"));
    }

    [Theory]
    [InlineData("try:\n    import cv2\nexcept ImportError:\n    cv2 = None")]
    [InlineData("try:\n    import cv2\nexcept (ValueError, ModuleNotFoundError):\n    pass")]
    [InlineData("try:\n    import cv2\nexcept Exception:\n    import json as cv2")]
    [InlineData("try:\n    import cv2\nexcept:\n    pass\nelse:\n    import torch")]
    [InlineData("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import cv2")]
    [InlineData("import typing\nif typing.TYPE_CHECKING:\n    import cv2")]
    [InlineData("import contextlib\nwith contextlib.suppress(ImportError):\n    import cv2")]
    [InlineData("import sys\nif sys.version_info < (3, 9):\n    import cv2")]
    [InlineData("if False:\n    import cv2")]
    [InlineData("# import cv2\ns = 'import cv2'")]
    [InlineData("import os.path, xml.etree.ElementTree, concurrent.futures")]
    [InlineData("from numpy import nothing_of_this_name\nimport numpy.nothing")]
    [InlineData("import __main__, sys, builtins")]
    [InlineData("#| eval: false\nimport cv2")]
    [InlineData("#| error: true\nimport cv2")]
    [InlineData("%%bash\nimport cv2")]
    [InlineData("%%writefile mine.py\nx = 1\n```\n\n```{python}\nimport mine")]
    [InlineData("import ((")]
    public async Task What_is_no_fault_is_not_named(string cell)
    {
        _project.Write("report.qmd", $"```{{python}}\n{cell}\n```\n");

        (await CheckAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("%matplotlib inline\nfiles = !ls\n?str\nimport cv2", 5)]
    [InlineData("%%time\nimport cv2", 3)]
    [InlineData("try:\n    import cv2\nexcept ImportError:\n    raise SystemExit('no cv2')", 3)]
    [InlineData("try:\n    import cv2\nfinally:\n    pass", 3)]
    [InlineData("try:\n    import tomllib_nobody\nexcept ImportError:\n    import cv2", 5)]
    [InlineData("if __name__ == '__main__':\n    import cv2", 3)]
    [InlineData("for i in range(2):\n    import cv2", 3)]
    [InlineData("import asyncio\nawait asyncio.sleep(0)\nimport cv2", 4)]
    public async Task What_will_fail_is_found_in_whatever_is_around_it(string cell, int line)
    {
        _project.Write("report.qmd", $"```{{python}}\n{cell}\n```\n");

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        (entry.Level, entry.Line, entry.Advice!.Module).ShouldBe((EntryLevel.Error, line, "cv2"));
    }

    [Fact]
    public async Task An_import_in_a_function_is_a_warning()
    {
        _project.Write("report.qmd", "```{python}\ndef f():\n    import cv2\n```\n");

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        (entry.Level, entry.Line).ShouldBe((EntryLevel.Warning, 3));
    }

    [Fact]
    public async Task The_projects_own_modules_are_read_too()
    {
        _project.Write("helpers.py", "import os\nimport cv2\n");
        _project.Write("kit/__init__.py", "from . import deep\n");
        _project.Write("kit/deep.py", "\n\nimport torch\n");
        _project.Write("report.qmd", "```{python}\nimport helpers\nfrom kit import deep\n```\n");

        (await CheckAsync())
            .Select(entry => (entry.File, entry.Line, entry.Advice!.Module))
            .ShouldBe([("helpers.py", 2, "cv2"), ("kit/deep.py", 3, "torch")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_module_elsewhere_in_the_project_is_said_to_be_there_unless_the_document_looks_there()
    {
        _project.Write("src/helpers.py", "");
        _project.Write("a.qmd", "```{python}\nimport helpers\n```\n");
        _project.Write("b.qmd", "```{python}\nimport sys\nsys.path.append('src')\nimport helpers\n```\n");
        _project.Write(
            "c.qmd",
            "```{python}\nimport os, sys\nsys.path.insert(0, os.getcwd() + '/src')\nimport helpers\n```\n"
        );

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        (entry.File, entry.Advice!.Kind, entry.Advice.Package).ShouldBe(("a.qmd", AdviceKind.ProjectModule, null));
    }

    [Fact]
    public async Task Parts_of_namespaces_are_told_apart()
    {
        _project.Write("google/cloud/storage/__init__.py", "");
        _project.Write("elsewhere/report.qmd", "```{python}\nfrom google.cloud import storage\n```\n");

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        entry.Advice!.Module.ShouldBe("google.cloud.storage");
    }

    [Fact]
    public async Task Nothing_of_the_documents_is_run()
    {
        _project.Write("helpers.py", "open('ran', 'w')\n");
        _project.Write("report.qmd", "```{python}\nopen('ran', 'w')\nimport helpers\n```\n");

        (await CheckAsync()).ShouldBeEmpty();

        File.Exists(_project.Combine("ran")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_one_entry_and_stops_no_other()
    {
        _project.Write("a.qmd", "---\ntitle: \"x\n---\n");
        _project.Write("b.qmd", "```{python}\nimport cv2\n```\n");
        _project.Write("_draft.qmd", "```{python}\nimport torch\n```\n");

        (await CheckAsync()).Select(entry => entry.File).ShouldBe(["a.qmd", "b.qmd"]);
    }

    [Fact]
    public async Task The_environments_own_interpreter_decides()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("greeting", "1.0").WriteTo(wheels.Path);
        _project.Write("requirements.vrf", "greeting\n");
        _project.Write("report.qmd", "```{python}\nimport greeting\nimport cv2\n```\n");

        (await CheckAsync(wheels.Path)).ShouldHaveSingleItem().Advice!.Module.ShouldBe("cv2");
        (await CheckAsync(wheels.Path, allowInstall: false))
            .Select(entry => entry.Message)
            .ShouldContain(
                "There is no module 'greeting' here. It comes with 'greeting', which requirements.vrf names but which was not installed; "
                    + "the warning on requirements.vrf says why."
            );
    }

    [Fact]
    public async Task A_package_of_another_environment_of_the_owner_is_known()
    {
        using var wheels = new TemporaryDirectory();
        var files = new Dictionary<string, string> { ["built_inside/__init__.py"] = "" };
        new TestWheel("acme-builder", "1.0") { Files = files }.WriteTo(wheels.Path);
        _project.Write("report.qmd", "```{python}\nimport built_inside.deep\n```\n");
        _project.Write("requirements.vrf", "acme-builder\n");
        (await CheckAsync(wheels.Path)).ShouldBeEmpty();
        File.Delete(_project.Combine("requirements.vrf"));

        var entry = (await CheckAsync()).ShouldHaveSingleItem();

        entry.Advice!.RequirementLine.ShouldBe("acme-builder");
    }

    [Fact]
    public async Task A_render_that_fails_names_the_imports_that_would_fail_next()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "```{python}\nimport cv2\n```\n\n```{python}\nimport torch\n```\n\n```{python}\nprint(1)\n```\n"
        );

        rendering.Errors.ShouldHaveSingleItem().Advice!.Module.ShouldBe("cv2");
        var warning = rendering.Warnings.ShouldHaveSingleItem();
        (warning.Line, warning.Advice!.Module).ShouldBe((6, "torch"));
        rendering.Log.ShouldContain("report.qmd:6: warning (cell 2): There is no module 'torch' here.");
    }

    [Fact]
    public async Task A_render_that_succeeds_says_nothing_of_imports()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync("```{python}\ndef never():\n    import cv2\n```\n");

        rendering.Result.Log.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<LogEntry>> CheckAsync(string? wheelhouse = null, bool allowInstall = true)
    {
        var sandbox = new Sandbox(new SandboxOptions());
        var index = new PackageIndexOptions { Upstream = "", Wheelhouses = wheelhouse is null ? [] : [wheelhouse] };
        var options = new EnvironmentsOptions { Enabled = true, StoreDirectory = _store.Path };
        var store = new EnvironmentStore(options, index, sandbox, TimeProvider.System);
        var check = new ProjectCheck(
            store,
            sandbox,
            new ModuleSources(null, new StoreModules(() => store.List().Select(entry => entry.Environment)))
        );
        return (
            await check.CheckAsync(
                _project.Path,
                new EnvironmentRequest(_project.Path, allowInstall),
                null,
                TestContext.Current.CancellationToken
            )
        ).Entries;
    }
}
