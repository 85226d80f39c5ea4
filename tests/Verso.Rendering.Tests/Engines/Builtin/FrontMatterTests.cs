namespace Verso.Rendering.Tests.Engines.Builtin;

[NeedsSandbox]
public sealed class FrontMatterTests(FrontMatterTests.Document document) : IClassFixture<FrontMatterTests.Document>
{
    public sealed class Document : RenderedDocument
    {
        protected override string Text =>
            """
                ---
                title: "Birds & *bills*"
                subtitle: A subtitle
                author:
                  - name: Ada Lovelace
                    affiliation: Analytical Engines
                    email: ada@example.org
                  - Grace Hopper
                date: 2025-06-14
                abstract: |
                  What it is about.
                lang: de
                number-sections: true
                format:
                  html:
                    toc: true
                    toc-title: Inhalt
                    toc-depth: 2
                ---

                # First

                ## Second

                ### Third
                """;
    }

    [Fact]
    public void The_title_block_shows_what_the_front_matter_says()
    {
        var header = document.Rendering.Page.QuerySelector("header#title-block-header").ShouldNotBeNull();

        header.QuerySelector("h1.title")!.InnerHtml.ShouldBe("Birds &amp; <em>bills</em>");
        header.QuerySelector(".subtitle")!.TextContent.ShouldBe("A subtitle");
        header
            .QuerySelectorAll(".author-name")
            .Select(name => name.TextContent)
            .ShouldBe(["Ada Lovelace", "Grace Hopper"]);
        header.QuerySelector(".author-affiliation")!.TextContent.ShouldBe("Analytical Engines");
        header.QuerySelector(".author-email")!.GetAttribute("href").ShouldBe("mailto:ada@example.org");
        header.QuerySelector(".date")!.TextContent.ShouldBe("14. Juni 2025");
        header.QuerySelector(".abstract")!.TextContent.ShouldContain("What it is about.");
    }

    [Fact]
    public void The_window_has_the_title_and_the_page_its_language()
    {
        document.Rendering.Page.Title.ShouldBe("Birds & bills");
        document.Rendering.Page.DocumentElement.GetAttribute("lang").ShouldBe("de");
    }

    [Fact]
    public void The_contents_list_headings_to_the_depth_asked_for()
    {
        var contents = document.Rendering.Page.QuerySelector("nav#TOC").ShouldNotBeNull();

        contents.QuerySelector(".toc-title")!.TextContent.ShouldBe("Inhalt");
        contents.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldBe(["#first", "#second"]);
    }

    [Fact]
    public void Sections_are_numbered() =>
        document
            .Rendering.Page.QuerySelectorAll("main .header-section-number")
            .Select(number => number.TextContent)
            .ShouldBe(["1", "1.1", "1.1.1"]);

    [Fact]
    public void A_document_without_code_needs_no_interpreter()
    {
        document.Rendering.Result.Environment.Reason.ShouldBe(Environments.Store.BaseReason.NotNeeded);
        document.Rendering.Result.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_of_the_format_go_before_those_of_the_document()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync(
            "---\ntitle: A\ntoc: true\nformat:\n  html:\n    toc: false\n---\n\n# One\n"
        );

        rendering.Page.QuerySelector("nav").ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_title_the_window_has_the_files_name()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync("text\n", "My report.qmd");

        rendering.Page.Title.ShouldBe("My report");
        rendering.Page.QuerySelector("header").ShouldBeNull();
        rendering.Result.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_format_that_cannot_be_made_is_warned_about()
    {
        using var project = new Project();

        var rendering = await project.RenderAsync("---\ntitle: A\nformat: typst\n---\ntext\n");

        var warning = rendering.Warnings.ShouldHaveSingleItem();
        (warning.File, warning.Line).ShouldBe(("report.qmd", 3));
        warning.Message.ShouldBe("The builtin engine cannot make 'typst' yet; this is HTML.");
    }
}
