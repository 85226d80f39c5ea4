using AngleSharp.Dom;

namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class RichOutputTests(RichOutputTests.Document document) : IClassFixture<RichOutputTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """"
                ---
                execute:
                  echo: false
                ---

                ```{python}
                #| label: frame
                #| tbl-cap: "::: a *caption* </div> ``` with | marks"
                import pandas as pd
                pd.DataFrame({"name": ["<b>", "b"], "n": [1, 2]})
                ```

                ```{python}
                #| include: false
                import plotly.graph_objects as go
                import plotly.io as pio
                pio.renderers.default = "plotly_mimetype+notebook_connected"
                figure = go.Figure(data=[go.Bar(y=[1, float("nan")])])
                figure
                ```

                ```{python}
                #| label: bars
                figure
                ```

                ```{python}
                #| label: shown
                figure.show()
                ```

                ```{python}
                #| label: formula
                import sympy
                s = sympy.Symbol("s")
                sympy.Integral(s**2, s)
                ```

                ```{python}
                #| label: equations
                from IPython.display import HTML, Javascript, Latex, Markdown
                Latex(r"\begin{align} a &= b \\ c &= d \end{align}")
                ```

                ```{python}
                #| label: markdown
                Markdown("- *item*")
                ```

                ```{python}
                #| label: html
                HTML('<p onclick="alert(1)">as <em>written</em></p><script>var written = "</p>";</script>')
                ```

                ```{python}
                #| label: script
                Javascript("var ran = 1 < 2;")
                ```
                """";
    }

    [Fact]
    public void A_data_frame_is_a_table_under_its_caption()
    {
        var output = Rendering.Cell("frame").QuerySelector(".cell-output-display").ShouldNotBeNull();

        output.QuerySelectorAll("table.dataframe tbody tr").Length.ShouldBe(2);
        output.QuerySelector("table.dataframe td")!.TextContent.ShouldBe("<b>");
        var caption = output.QuerySelector("figure > figcaption").ShouldNotBeNull();
        caption.TextContent.Trim().ReplaceLineEndings(" ").ShouldBe("::: a caption </div> ``` with | marks");
        caption.QuerySelector("em")!.TextContent.ShouldBe("caption");
    }

    [Fact]
    public void Plotlys_script_comes_once_with_the_first_figure_that_is_shown()
    {
        var page = Rendering.Page;
        page.QuerySelectorAll(".plotly-graph-div").Length.ShouldBe(2);
        var libraries = page.QuerySelectorAll("script").Where(script => script.TextContent.Length > 1_000_000);
        var library = libraries.ShouldHaveSingleItem();
        Rendering.Cell("bars").Contains(library).ShouldBeTrue();
        Rendering.Cell("shown").QuerySelector(".plotly-graph-div").ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_is_fetched_from_anywhere()
    {
        var references =
            from element in Rendering.Page.All
            from name in (string[])["src", "href", "srcset", "data", "poster"]
            let value = element.GetAttribute(name)
            where value is not null && !value.StartsWith('#') && !value.StartsWith("data:")
            select $"{element.LocalName} {name}={value}";

        references.ShouldBeEmpty();
    }

    [Fact]
    public void Mathematics_needs_no_script()
    {
        Rendering.Cell("formula").QuerySelector("math msup").ShouldNotBeNull();
        Rendering.Cell("equations").QuerySelector("math[display=block] mtable").ShouldNotBeNull();
    }

    [Fact]
    public void Markdown_and_html_are_left_as_written()
    {
        Rendering.Cell("markdown").QuerySelector("ul li em")!.TextContent.ShouldBe("item");
        Rendering.Cell("html").QuerySelector("p[onclick='alert(1)'] em").ShouldNotBeNull();
        Rendering.Cell("html").QuerySelector("script")!.TextContent.ShouldBe("var written = \"</p>\";");
        Rendering.Cell("script").QuerySelector("script")!.TextContent.ShouldBe("var ran = 1 < 2;");
    }
}
