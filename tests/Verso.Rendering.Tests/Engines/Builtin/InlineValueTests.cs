namespace Verso.Rendering.Tests.Engines.Builtin;

[NeedsSandbox]
public sealed class InlineValueTests(InlineValueTests.Document document) : IClassFixture<InlineValueTests.Document>
{
    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """"
                ---
                title: Inline
                ---

                ```{python}
                #| include: false
                from IPython.display import Markdown
                class Figures(dict):
                    def __str__(self):
                        print("an aside")
                        return "as text"
                special = r"*a* _b_ `c` ~~d~~ ^e^ $f$ <i>g</i> [h](i) &amp; \j @k #l |m| -- ... 'n' \"o\" {p} ![q](r) http://s.t"
                lines = ["# no heading", "1. no list", "- none", "> none", "::: none", "| none", "a) none", "---", "```", "=="]
                ```

                # Heading `{python} 1 + 1`

                ::: {#plain}
                `{python} 6 * 7` and `{python} [1, 2][1]`, `` `{python} 1` ``, `{python} None`
                :::

                ::: {#special}
                `{python} special`
                :::

                ::: {#markdown}
                `{python} Markdown("**bold** and [link](#plain)")`
                :::

                ::: {#text}
                `{python} Figures()`
                :::

                ::: {#breaks}
                `{python} "a\n\nb"`
                :::

                ::: {#lines}

                `{python} lines[0]`

                `{python} lines[1]`

                `{python} lines[2]`

                `{python} lines[3]`

                `{python} lines[4]`

                `{python} lines[5]`

                `{python} lines[6]`

                text
                `{python} lines[7]`

                `{python} lines[8]`

                text
                `{python} lines[9]`

                :::

                | A | B |
                |---|---|
                | `{python} "x|y"` | $z = `{python} -0.5`$ |

                Text[^1]

                [^1]: A note with `{python} "value " + str(9)`.

                ```{python}
                #| label: next
                print("own output")
                ```
                """";
    }

    private Rendering Rendering => document.Rendering;

    [Fact]
    public void Values_stand_in_text_headings_tables_and_notes()
    {
        Rendering.Text("plain").ShouldBe("42 and 2, `{python} 1`, None");
        Rendering.Page.QuerySelector("h1:not(.title)")!.TextContent.ShouldBe("Heading 2");
        Rendering.Page.QuerySelectorAll("tbody td")[0].TextContent.ShouldBe("x|y");
        Rendering.Page.QuerySelector(".footnotes li p")!.TextContent.ShouldStartWith("A note with value 9.");
    }

    [Fact]
    public void Markdowns_special_characters_stand_for_themselves()
    {
        Rendering
            .Text("special")
            .ShouldBe(
                """*a* _b_ `c` ~~d~~ ^e^ $f$ <i>g</i> [h](i) &amp; \j @k #l |m| -- ... 'n' \"o\" {p} ![q](r) http://s.t"""
            );
        Rendering.Cell("special").QuerySelectorAll("p *").ShouldBeEmpty();
    }

    [Fact]
    public void No_value_begins_another_block() =>
        Rendering
            .Cell("lines")
            .Children.Select(child => $"{child.LocalName} {child.TextContent.ReplaceLineEndings(" ")}")
            .ShouldBe([
                "p # no heading",
                "p 1. no list",
                "p - none",
                "p > none",
                "p ::: none",
                "p | none",
                "p a) none",
                "p text ---",
                "p ```",
                "p text ==",
            ]);

    [Fact]
    public void A_value_with_line_breaks_stays_in_its_paragraph() =>
        Rendering.Cell("breaks").QuerySelectorAll("p").ShouldHaveSingleItem().TextContent.ShouldMatch("^a\\s+b$");

    [Fact]
    public void A_value_may_bring_markdown_of_its_own()
    {
        Rendering.Cell("markdown").QuerySelector("strong")!.TextContent.ShouldBe("bold");
        Rendering.Cell("markdown").QuerySelector("a")!.GetAttribute("href").ShouldBe("#plain");
        Rendering.Text("text").ShouldBe("as text");
    }

    [Fact]
    public void Numbers_take_part_in_mathematics() =>
        Rendering.Page.QuerySelector("td math annotation")!.TextContent.ShouldBe("z = -0.5");

    [Fact]
    public void What_an_expression_prints_shows_nowhere() => Rendering.Output("next").ShouldBe("own output");
}
