using AngleSharp.Dom;

namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class FigureTests(FigureTests.Document document) : IClassFixture<FigureTests.Document>
{
    private Rendering Rendering => document.Rendering;

    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """"
                ---
                execute:
                  echo: false
                fig-width: 4
                fig-height: 2
                ---

                ```{python}
                #| label: first
                #| fig-width: 3
                #| fig-height: 3
                import matplotlib.pyplot as plt
                plt.rcParams["savefig.bbox"] = None
                get_ipython().run_line_magic("config", "InlineBackend.print_figure_kwargs = {'bbox_inches': None}")
                plt.plot([1, 2])
                ```

                ```{python}
                #| label: usual
                plt.hist([1, 2])
                ```

                ```{python}
                #| label: of-its-own
                #| fig-width: 5
                _ = plt.figure()
                plt.plot([1])
                plt.show()
                plt.plot([2])
                ```

                ```{python}
                #| include: false
                plt.rcParams["figure.figsize"] = (2, 1)
                ```

                ```{python}
                #| label: chosen-by-code
                plt.plot([1])
                ```

                ```{python}
                #| label: captioned
                #| fig-cap: "Bracket ] dollar $5 **bold** `code` </figure></div> \"quoted\""
                #| fig-alt: "Alt $6 ` \"quoted\" <b> } \\ ::: back"
                plt.plot([1])
                ```

                ```{python}
                #| label: fenced-caption
                #| fig-cap: |
                #|   ::: {.evil}
                #|   </details>
                #|   ```
                plt.plot([1])
                ```

                ```{python}
                #| label: hatched
                from IPython.display import SVG, Image
                display(SVG('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>'))
                ```
                """";
    }

    [Fact]
    public void The_cell_that_imports_matplotlib_has_its_figure_in_its_own_size() =>
        Sizes("first").ShouldBe([(288, 576, 576)]);

    [Fact]
    public void Others_have_the_documents_at_twice_the_pixels() => Sizes("usual").ShouldBe([(384, 768, 384)]);

    [Fact]
    public void Every_figure_of_a_cell_has_the_cells_size() =>
        Sizes("of-its-own").ShouldBe([(480, 960, 384), (480, 960, 384)]);

    [Fact]
    public void A_size_that_the_code_chose_stays() => Sizes("chosen-by-code").ShouldBe([(192, 384, 192)]);

    [Fact]
    public void What_plotting_returns_is_not_shown() =>
        Rendering.Page.QuerySelectorAll("#first pre, #usual pre, #of-its-own pre").ShouldBeEmpty();

    [Fact]
    public void Captions_and_descriptions_cannot_break_the_figure()
    {
        var figure = Rendering
            .Cell("captioned")
            .QuerySelector(".cell-output > .quarto-figure > figure")
            .ShouldNotBeNull();

        figure
            .QuerySelector("figcaption")!
            .TextContent.Trim()
            .ReplaceLineEndings(" ")
            .ShouldBe("Bracket ] dollar $5 bold code </figure></div> “quoted”");
        figure.QuerySelector("figcaption strong")!.TextContent.ShouldBe("bold");
        figure.QuerySelector("img")!.GetAttribute("alt").ShouldBe("Alt $6 ` \"quoted\" <b> } \\ ::: back");
    }

    [Fact]
    public void A_caption_is_one_paragraph_whatever_it_looks_like()
    {
        var caption = Rendering.Cell("fenced-caption").QuerySelector("figure > figcaption").ShouldNotBeNull();

        caption.Children.ShouldBeEmpty();
        caption.TextContent.ShouldContain("::: {.evil} </details>");
        Rendering.Cell("hatched").ParentElement!.LocalName.ShouldBe("main");
    }

    [Fact]
    public void Vector_images_are_shown_too() =>
        Rendering.Cell("hatched").QuerySelector("img")!.GetAttribute("src").ShouldStartWith("data:image/svg+xml");

    // The width in CSS pixels, then the width and height of the PNG itself.
    private IEnumerable<(int Css, int Width, int Height)> Sizes(string label) =>
        from image in Rendering.Cell(label).QuerySelectorAll("img")
        let png = Convert.FromBase64String(image.GetAttribute("src")!["data:image/png;base64,".Length..])
        select (int.Parse(image.GetAttribute("width")!), BigEndian(png, 16), BigEndian(png, 20));

    private static int BigEndian(byte[] bytes, int at) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
