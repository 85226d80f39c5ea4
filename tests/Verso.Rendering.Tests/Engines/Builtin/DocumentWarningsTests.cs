using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests.Engines.Builtin;

[NeedsSandbox]
public sealed class DocumentWarningsTests(DocumentWarningsTests.Document document)
    : IClassFixture<DocumentWarningsTests.Document>
{
    public sealed class Document : RenderedDocument
    {
        // Nothing is evaluated: what is asked for here is said without running anything.
        protected override string Text =>
            """
                ---
                title: Warnings
                execute:
                  eval: false
                  warning: sometimes
                fig-width: wide
                ---

                ```{python}
                #| label: same
                #| echo: maybe
                #| layuot-ncol: 2
                1
                ```

                ```{r}
                #| label: same
                #| output: perhaps
                print(1)
                ```

                ```{python}
                #| fig-height: 0
                #| fig-cap: {a: b}
                #| label:
                2
                ```
                """;
    }

    [Fact]
    public void Each_names_its_line_and_what_is_allowed()
    {
        document.Rendering.Result.Status.ShouldBe(RenderStatus.Success);
        document
            .Rendering.Warnings.Select(Place)
            .ShouldBe([
                "report.qmd:5 The option 'warning' is 'sometimes', which has no effect; it must be true or false.",
                "report.qmd:6 The option 'fig-width' is 'wide', which has no effect; it must be a number of inches from 0.1 to 100.",
                "report.qmd:12 The cell option 'layuot-ncol' is not known and has no effect. Did you mean 'layout-ncol'?",
                "report.qmd:11 The option 'echo' is 'maybe', which has no effect; it must be true, false or fenced.",
                "report.qmd:16 The builtin engine runs only python; this r cell is shown as code.",
                "report.qmd:18 The option 'output' is 'perhaps', which has no effect; it must be true, false or asis.",
                "report.qmd:25 The option 'label' has no effect; it must be one text.",
                "report.qmd:24 The option 'fig-cap' has no effect; it must be one text, or a list of them.",
                "report.qmd:23 The option 'fig-height' is '0', which has no effect; it must be a number of inches from 0.1 to 100.",
                "report.qmd:17 The label 'same' is taken by the cell of line 9; choose another.",
            ]);
    }

    [Fact]
    public void Those_of_cells_name_the_cell() =>
        document.Rendering.Warnings.Select(warning => warning.Cell).Distinct().ShouldBe([null, "same", "3"]);

    [Fact]
    public void They_stand_in_the_log_too() =>
        document.Rendering.Log.ShouldContain("report.qmd:11: warning (cell same): The option 'echo' is 'maybe'");

    [Fact]
    public void Cells_of_other_languages_are_shown_as_code() =>
        document.Rendering.Page.QuerySelector("pre.r")!.TextContent.ShouldBe("print(1)");

    private static string Place(LogEntry entry) => $"{entry.File}:{entry.Line} {entry.Message}";
}
