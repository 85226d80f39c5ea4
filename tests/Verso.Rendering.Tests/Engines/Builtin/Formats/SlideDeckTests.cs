using AngleSharp.Dom;

namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

[NeedsSandbox]
public sealed class SlideDeckTests(SlideDeckTests.Document document) : IClassFixture<SlideDeckTests.Document>
{
    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """
                ---
                title: Slides
                author: Ada Lovelace
                format:
                  revealjs:
                    incremental: true
                    slide-number: true
                    transition: fade
                    footer: "Made *by hand*"
                    width: 1600
                ---

                # Part

                ## List

                - one
                - two

                ::: {.notes}
                For the speaker.
                :::

                ## Code {auto-animate=true background-color="#123456"}

                ```{.python code-line-numbers="1|2-3"}
                a
                b
                c
                ```

                ```{python}
                import matplotlib.pyplot as plt
                plt.plot([1, 2])
                plt.show()
                ```
                """;
    }

    private IDocument Page => document.Rendering.Page;

    private string Scripts => string.Concat(Page.QuerySelectorAll("script").Select(script => script.TextContent));

    [Fact]
    public void Headings_begin_slides()
    {
        Page.QuerySelectorAll(".slides section:not(:has(section))")
            .Select(slide => slide.Id)
            .ShouldBe(["title-slide", "part", "list", "code"]);
        Page.QuerySelector("#title-slide")!.TextContent.ShouldContain("Ada Lovelace");
    }

    [Fact]
    public void Lists_come_one_by_one_and_notes_are_for_the_speaker()
    {
        Page.QuerySelectorAll("#list li.fragment").Length.ShouldBe(2);
        Page.QuerySelector("#list aside.notes")!.TextContent.Trim().ShouldBe("For the speaker.");
        Scripts.ShouldContain("RevealNotes");
    }

    [Fact]
    public void A_slide_has_what_its_heading_says()
    {
        var slide = Page.QuerySelector("section#code")!;

        slide.GetAttribute("data-auto-animate").ShouldBe("true");
        slide.GetAttribute("data-background-color").ShouldBe("#123456");
        slide.QuerySelector("[data-code-line-numbers]")!.GetAttribute("data-code-line-numbers").ShouldBe("1|2-3");
    }

    [Fact]
    public void What_the_front_matter_says_reaches_reveal()
    {
        Scripts.ShouldContain("\"slideNumber\":\"c/t\"");
        Scripts.ShouldContain("\"transition\":\"fade\"");
        Scripts.ShouldContain("\"width\":1600");
        Page.QuerySelector(".footer em")!.TextContent.ShouldBe("by hand");
    }

    [Fact]
    public void Nothing_is_fetched()
    {
        Page.QuerySelectorAll("link[href], script[src]").ShouldBeEmpty();
        Page.QuerySelectorAll("img").ShouldAllBe(image => (image.GetAttribute("data-src") ?? "").StartsWith("data:"));
    }

    [Fact]
    public async Task PowerPoint_has_a_slide_for_each_heading()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "---\ntitle: Slides\nformat: pptx\n---\n\n## One\n\n- a\n\n## Two\n\n::: {.notes}\nSpoken.\n:::\n\ntext\n"
        );

        var slides = Outputs.Parts(rendering.Document(".pptx"), "ppt/slides/slide");
        slides.Select(slide => slide.Texts("t").First()).Order().ShouldBe(["One", "Slides", "Two"]);
        var notes = Outputs.Parts(rendering.Document(".pptx"), "ppt/notesSlides/");
        string.Concat(notes.ShouldHaveSingleItem().Texts("t")).ShouldContain("Spoken.");
    }
}
