using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class DocumentSettingsTests
{
    [Theory]
    [InlineData("execute:\n  echo: false", "", false)]
    [InlineData("execute:\n  echo: false", "echo: true", true)]
    [InlineData("echo: false", "", false)]
    [InlineData("format:\n  html:\n    execute:\n      echo: false\nexecute:\n  echo: true", "", false)]
    [InlineData("format:\n  html:\n    echo: false\nexecute:\n  echo: true", "", false)]
    [InlineData("format:\n  pdf:\n    echo: false", "", true)]
    [InlineData("execute:\n  echo: false", "echo: perhaps", false)]
    public void The_nearest_setting_counts(string frontMatter, string options, bool echo) =>
        Settings(frontMatter, options).Echo.ShouldBe(echo);

    [Theory]
    [InlineData("", "", true, false)]
    [InlineData("execute:\n  output: false", "", false, false)]
    [InlineData("execute:\n  output: asis", "", true, true)]
    [InlineData("execute:\n  output: false", "output: asis", true, true)]
    [InlineData("execute:\n  output: asis", "output: false", false, false)]
    [InlineData("execute:\n  output: asis", "output: true", true, false)]
    public void Output_is_shown_hidden_or_as_it_is(string frontMatter, string options, bool shown, bool asIs)
    {
        var settings = Settings(frontMatter, options);

        (settings.Output, settings.OutputAsIs).ShouldBe((shown, asIs));
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("code-fold: true", true, false)]
    [InlineData("code-fold: yes", true, false)]
    [InlineData("code-fold: show", true, true)]
    [InlineData("code-fold: false", false, false)]
    public void Code_can_be_folded(string options, bool folded, bool open)
    {
        var settings = Settings("", options);

        (settings.FoldCode, settings.UnfoldFirst).ShouldBe((folded, open));
    }

    [Theory]
    [InlineData("fig-width: 3", 3)]
    [InlineData("fig-width: 2.5", 2.5)]
    [InlineData("fig-width: 0", 7)]
    [InlineData("fig-width: -1", 7)]
    [InlineData("fig-width: 1e9", 7)]
    [InlineData("fig-width: NaN", 7)]
    [InlineData("fig-width: 1,000", 7)]
    [InlineData("fig-width: wide", 7)]
    public void A_figure_has_a_width_that_can_be_drawn(string options, double width) =>
        Settings("", options).FigureWidth.ShouldBe(width);

    [Theory]
    [InlineData("fig-height: 3")]
    [InlineData("format:\n  html:\n    fig-height: 3")]
    [InlineData("execute:\n  fig-height: 3")]
    public void The_front_matter_can_size_all_figures(string frontMatter) =>
        Settings(frontMatter, "").FigureHeight.ShouldBe(3);

    private static CellSettings Settings(string frontMatter, string options)
    {
        var lines = string.Concat(options.Split('\n').Where(line => line.Length > 0).Select(line => $"#| {line}\n"));
        var document = DocumentParser.Parse(
            "/report.qmd",
            $"---\n# settings\n{frontMatter}\n---\n```{{python}}\n{lines}1\n```\n"
        );
        return CellSettings.Of(document.Cells.Single(), new DocumentSettings(document.FrontMatter, "html"));
    }
}
