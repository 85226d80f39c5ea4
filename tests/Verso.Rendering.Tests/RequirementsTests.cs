using Verso.Environments.Store;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests;

[NeedsSandbox]
public sealed class RequirementsTests
{
    private const string Text = "```{python}\n#| label: cell\nprint('ran')\n```\n";
    private const string Consequence = "The document runs without the project's packages.";

    [Fact]
    public async Task Without_requirements_there_is_nothing_to_say()
    {
        using var project = new Project { Environments = new() { Enabled = true } };

        var rendering = await project.RenderAsync(Text);

        rendering.Result.Environment.Reason.ShouldBe(BaseReason.NoRequirements);
        rendering.Result.Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        false,
        true,
        BaseReason.Disabled,
        "Packages of a project's own are switched off here (Environments:Enabled)."
    )]
    [InlineData(true, false, BaseReason.NotAllowed, "This render may not install packages.")]
    public async Task A_render_on_the_base_interpreter_says_why(
        bool enabled,
        bool allowed,
        BaseReason reason,
        string message
    )
    {
        using var project = new Project
        {
            Environments = new() { Enabled = enabled },
            AllowInstall = allowed,
        };
        project.Write("requirements.vrf", "polars\n");

        var rendering = await project.RenderAsync(Text);

        rendering.Output("cell").ShouldBe("ran");
        rendering.Result.Environment.Reason.ShouldBe(reason);
        rendering
            .Warnings.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe($"requirements.vrf: warning: {message} {Consequence}");
        rendering.Log.ShouldContain($"{message} {Consequence}\n");
    }

    [Fact]
    public async Task Each_fault_of_the_requirements_is_an_entry_with_its_line()
    {
        using var project = new Project { Environments = new() { Enabled = true } };
        project.Write("requirements.vrf", "# packages\n-r other.txt\npolars\n./local\n");

        var rendering = await project.RenderAsync(Text);

        rendering.Output("cell").ShouldBe("ran");
        rendering.Result.Environment.Reason.ShouldBe(BaseReason.InvalidRequirements);
        rendering
            .Warnings.Select(warning => (warning.File, warning.Line))
            .ShouldBe([("requirements.vrf", 2), ("requirements.vrf", 4), ("requirements.vrf", null)]);
        rendering.Log.ShouldContain("requirements.vrf:2:");
    }

    [Fact]
    public async Task A_build_that_fails_leaves_its_log_before_the_renders()
    {
        using var project = new Project { Environments = new() { Enabled = true } };
        project.Write("requirements.vrf", "no-such-package-anywhere\n");

        var rendering = await project.RenderAsync(Text);

        rendering.Output("cell").ShouldBe("ran");
        rendering.Result.Environment.Reason.ShouldBe(BaseReason.BuildFailed);
        var warning = rendering.Warnings.ShouldHaveSingleItem();
        (warning.Level, warning.File).ShouldBe((EntryLevel.Warning, "requirements.vrf"));
        var pip = rendering.Log.IndexOf("no-such-package-anywhere", StringComparison.Ordinal);
        var consequence = rendering.Log.IndexOf(Consequence, StringComparison.Ordinal);
        var cell = rendering.Log.IndexOf("Cell 1/1: cell", StringComparison.Ordinal);
        pip.ShouldBeGreaterThanOrEqualTo(0);
        consequence.ShouldBeGreaterThan(pip);
        cell.ShouldBeGreaterThan(consequence);
    }

    [Fact]
    public async Task Requirements_do_not_matter_to_a_document_without_code()
    {
        using var project = new Project { Environments = new() { Enabled = true } };
        project.Write("requirements.vrf", "no-such-package-anywhere\n");

        var rendering = await project.RenderAsync("text\n\n```{python}\n#| eval: false\n1\n```\n");

        rendering.Result.Environment.Reason.ShouldBe(BaseReason.NotNeeded);
        rendering.Result.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_interpreter_the_service_is_at_fault_and_not_the_document()
    {
        using var project = new Project
        {
            Environments = new() { Enabled = true, Python = "/nowhere/python3" },
        };

        var rendering = await project.RenderAsync(Text);

        rendering.Result.Status.ShouldBe(RenderStatus.Error);
        rendering.Errors.ShouldHaveSingleItem().Message.ShouldContain("/nowhere/python3");
    }

    [Fact]
    public async Task A_cell_that_would_install_a_package_is_told_what_to_add()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync("```{python}\nif False:\n    %pip install humanize>=4\n```\n");

        rendering.Result.Status.ShouldBe(RenderStatus.Success, rendering.Log);
        var warning = rendering.Warnings.ShouldHaveSingleItem();
        (warning.Line, warning.Advice?.RequirementLine).ShouldBe((3, "humanize>=4"));
        rendering.Log.ShouldContain("report.qmd:3: warning (cell 1): A cell cannot install packages");
    }
}
