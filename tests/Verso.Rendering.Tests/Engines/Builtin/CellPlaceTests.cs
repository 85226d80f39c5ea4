namespace Verso.Rendering.Tests.Engines.Builtin;

[NeedsSandbox]
public sealed class CellPlaceTests(CellPlaceTests.Document document) : IClassFixture<CellPlaceTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """"""
                1. First

                   ```{python}
                   #| label: in-list
                   def double(n):

                       return 2 * n
                   print(double(21))
                   ```

                   - Deeper

                     ```{python}
                     #| label: deeper
                     print("deep")
                     ```

                2. Second

                ````{python}
                #| label: nested
                print("```")
                print("````` and more")
                ````

                ````markdown
                ```{python}
                raise Exception("not run")
                ```
                ````

                ~~~{python}
                raise Exception("not run")
                ~~~

                ```python
                raise Exception("not run")
                ```

                ```{{python}}
                #| echo: false
                raise Exception("not run")
                ```

                > ```
                > `{python} not_run`
                > ```

                ```{python}
                #| label: "quote\"d } ::: `label`"
                1
                ```

                ```{python}
                #| label: 2nd-größe
                print(":::")
                print("</div></pre>")
                ```
                """""";
    }

    [Fact]
    public void A_cell_in_a_list_stays_in_its_item()
    {
        var items = Rendering.Page.QuerySelectorAll("main > ol > li");

        items.Length.ShouldBe(2);
        items[0]
            .QuerySelector("#in-list .cell-code")!
            .TextContent.ShouldBe("def double(n):\n\n    return 2 * n\nprint(double(21))");
        Rendering.Output("in-list").ShouldBe("42");
        Rendering.Cell("deeper").ParentElement!.LocalName.ShouldBe("li");
        items[0].Contains(Rendering.Cell("deeper")).ShouldBeTrue();
    }

    [Fact]
    public void Fences_in_code_and_output_end_nothing()
    {
        Rendering
            .Cell("nested")
            .QuerySelector(".cell-code")!
            .TextContent.ShouldBe("print(\"```\")\nprint(\"````` and more\")");
        Rendering.Output("nested").ShouldBe("```\n````` and more");
        Rendering.Output("2nd-größe").ShouldBe(":::\n</div></pre>");
    }

    [Fact]
    public void Other_fences_are_shown_and_not_run()
    {
        var shown = Rendering.Page.QuerySelectorAll("main > div.sourceCode, main > pre, blockquote pre");

        shown
            .Select(code => code.TextContent.Trim())
            .ShouldBe([
                "```{python}\nraise Exception(\"not run\")\n```",
                "raise Exception(\"not run\")",
                "raise Exception(\"not run\")",
                "```{python}\n#| echo: false\nraise Exception(\"not run\")\n```",
                "`{python} not_run`",
            ]);
    }

    [Fact]
    public void No_label_breaks_out_of_its_cell()
    {
        var cells = Rendering.Page.QuerySelectorAll(".cell").Select(cell => cell.Id);

        cells.ShouldBe(["in-list", "deeper", "nested", "quote-d---:::--label-", "2nd-größe"]);
        Rendering.Page.QuerySelector("main")!.TextContent.ShouldNotContain("{.cell");
    }
}
