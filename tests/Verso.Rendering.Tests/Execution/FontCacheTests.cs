namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class FontCacheTests
{
    [Fact]
    public async Task What_matplotlib_knows_of_fonts_is_kept_and_nothing_else_that_code_puts_there()
    {
        using var project = new Project();
        const string Listing = "print(sorted(path.name for path in folder.iterdir()))";
        var plant = await project.RenderAsync(
            $$"""
            ```{python}
            #| label: before
            import os
            from pathlib import Path
            folder = Path(os.environ["MPLCONFIGDIR"])
            {{Listing}}
            ```

            ```{python}
            import matplotlib.font_manager
            (folder / "matplotlibrc").write_text("figure.facecolor: red")
            (folder / "fontlist-v1.json").symlink_to("/etc/passwd")
            (folder / "locked").mkdir()
            (folder / "locked" / "file").write_text("x")
            (folder / "locked").chmod(0)
            ```
            """
        );

        var after = await project.RenderAsync(
            $$"""
            ```{python}
            #| label: after
            import os
            from pathlib import Path
            folder = Path(os.environ["MPLCONFIGDIR"])
            {{Listing}}
            ```
            """
        );

        plant.Output("before").ShouldBe("[]");
        after.Output("after").ShouldMatch(@"^\['fontlist-v\d{3}\.json'\]$");
    }
}
