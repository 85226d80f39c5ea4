namespace Verso.Rendering.Tests.Engines.Builtin;

[NeedsSandbox]
public sealed class CellOptionTests(CellOptionTests.Document document) : IClassFixture<CellOptionTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """
                ---
                title: Options
                execute:
                  echo: false
                code-fold: true
                ---

                ```{python}
                #| label: usual
                print("one")
                ```

                ```{python}
                #| label: echoed
                #| echo: true
                #| code-fold: false
                print("two")
                ```

                ```{python}
                #| label: folded
                #| echo: true
                #| code-summary: "See <how> </summary></details>"
                3
                ```

                ```{python}
                #| label: unfolded
                #| echo: true
                #| code-fold: show
                4
                ```

                ```{python}
                #| label: unevaluated
                #| echo: true
                #| eval: false
                undefined_name
                ```

                ```{python}
                #| label: hidden
                #| include: false
                secret = 5
                print("hidden")
                ```

                ```{python}
                #| label: silent
                #| output: false
                print("silent")
                ```

                ```{python}
                #| label: as-is
                #| output: asis
                print("*emphasis* and\n\n- a list\n")
                ```

                ```{python}
                #| label: unwarned
                #| warning: false
                import warnings
                warnings.warn("beware")
                print(secret)
                ```

                ```{python}
                #| label: failing
                #| error: true
                print("before")
                1 / 0
                ```

                ```{python}
                #| label: after
                print("after")
                ```
                """;
    }

    [Fact]
    public void The_document_renders_without_complaint()
    {
        Rendering.Result.Status.ShouldBe(RenderStatus.Success);
        Rendering.Result.Log.ShouldBeEmpty();
    }

    [Fact]
    public void Echo_shows_the_code_above_its_output()
    {
        Rendering.Cell("usual").QuerySelector(".cell-code").ShouldBeNull();
        var echoed = Rendering.Cell("echoed");
        echoed.QuerySelector(".cell-code")!.TextContent.ShouldBe("print(\"two\")");
        echoed.QuerySelector("details").ShouldBeNull();
        echoed.LastElementChild!.ClassList.ShouldContain("cell-output");
    }

    [Fact]
    public void Folded_code_stands_behind_a_summary_that_is_text()
    {
        var details = Rendering.Cell("folded").QuerySelector("details").ShouldNotBeNull();

        details.HasAttribute("open").ShouldBeFalse();
        details.QuerySelector("summary")!.TextContent.ShouldBe("See <how> </summary></details>");
        details.QuerySelector(".cell-code")!.TextContent.ShouldBe("3");
        details.QuerySelector(".cell-output").ShouldBeNull();
        Rendering.Cell("unfolded").QuerySelector("details")!.HasAttribute("open").ShouldBeTrue();
        Rendering.Cell("unfolded").QuerySelector("summary")!.TextContent.ShouldBe("Code");
    }

    [Fact]
    public void Code_that_is_not_evaluated_is_shown_alone()
    {
        var cell = Rendering.Cell("unevaluated");

        cell.QuerySelector(".cell-code")!.TextContent.ShouldBe("undefined_name");
        cell.QuerySelector(".cell-output").ShouldBeNull();
    }

    [Fact]
    public void A_cell_that_is_not_included_runs_unseen()
    {
        Rendering.Page.GetElementById("hidden").ShouldBeNull();
        Rendering.Page.Body!.TextContent.ShouldNotContain("secret");
        Rendering.Output("unwarned").ShouldBe("5");
    }

    [Fact]
    public void Output_is_left_out_or_read_as_markdown()
    {
        Rendering.Cell("silent").ChildElementCount.ShouldBe(0);
        Rendering.Cell("as-is").QuerySelector("em")!.TextContent.ShouldBe("emphasis");
        Rendering.Cell("as-is").QuerySelector("ul li")!.TextContent.ShouldBe("a list");
    }

    [Fact]
    public void An_allowed_error_shows_its_traceback_and_later_cells_run()
    {
        var outputs = Rendering.Cell("failing").QuerySelectorAll(".cell-output");

        outputs
            .Select(output => output.ClassName)
            .ShouldBe(["cell-output cell-output-stdout", "cell-output cell-output-error"]);
        outputs[1].TextContent.ShouldContain("ZeroDivisionError: division by zero");
        Rendering.Output("after").ShouldBe("after");
    }
}
