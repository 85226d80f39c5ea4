namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

[NeedsSandbox]
public sealed class ThemeTests
{
    [Fact]
    public async Task A_document_changes_the_look_but_cannot_end_the_style()
    {
        var rendering = await RenderAsync(
            """
            mainfont: Georgia, "My Font"
            linestretch: 1.8
            fontsize: 12pt
            linkcolor: "red;} </style><script>alert(1)</script>"
            max-width: 900px
            grid:
              margin-width: 20rem
            """
        );

        Style(rendering)
            .ShouldEndWith(
                ":root{--font-text:\"Georgia\",\"My Font\",serif;--size:1.159rem;--leading:1.8;--measure:900px;--side:20rem;}"
            );
        rendering.Page.QuerySelectorAll("script").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sheet_may_fetch_fonts_from_the_web()
    {
        using var project = new Project();
        project.Write(
            "fonts.css",
            "@import url('https://fonts.example/a.css');\np { color: teal }</style><script>alert(1)</script>"
        );
        project.Write("plain.css", "h1 { color: red }");

        var rendering = await project.RenderAsync(
            "---\ntitle: A\ncss: [fonts.css, 'https://fonts.example/b.css?x\"y', plain.css]\nheader-includes: <meta name=mine>\n---\n\nText\n"
        );

        var styles = rendering.Page.QuerySelectorAll("style").Select(style => style.TextContent.Trim()).ToList();
        styles.ShouldContain(style => style.StartsWith("@import url('https://fonts.example/a.css');"));
        styles.ShouldContain("@import url(\"https://fonts.example/b.css?x%22y\");");
        rendering.Page.QuerySelector("meta[name=mine]").ShouldNotBeNull();
        rendering.Page.QuerySelectorAll("script").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("theme: {light: default, dark: dark}", true, null)]
    [InlineData("theme: default", false, null)]
    [InlineData("theme: dark", false, "dark")]
    public async Task Light_and_dark_are_the_readers_choice_where_there_are_both(string line, bool toggle, string? only)
    {
        var rendering = await RenderAsync(line);

        rendering.Warnings.ShouldBeEmpty();
        rendering.Page.Body!.TextContent.Contains("prefers-color-scheme").ShouldBe(toggle);
        rendering.Page.DocumentElement.GetAttribute("data-theme").ShouldBe(only);
    }

    [Theory]
    [InlineData("theme: cosmo", "'cosmo'")]
    [InlineData("theme: [cosmo, own.scss]", "'cosmo', 'own.scss'")]
    [InlineData("theme: {light: flatly, dark: darkly}", "'flatly', 'darkly'")]
    public async Task Themes_of_Quartos_are_named_with_their_line(string line, string named)
    {
        var rendering = await RenderAsync(line);

        var warning = rendering.Warnings.ShouldHaveSingleItem();
        warning.Line.ShouldBe(3);
        warning.Message.ShouldStartWith($"The theme {named} is Quarto's;");
    }

    [Fact]
    public async Task No_theme_is_no_style()
    {
        var rendering = await RenderAsync("theme: none");

        Style(rendering).ShouldBeEmpty();
    }

    [Fact]
    public async Task Style_sheets_of_its_own_come_after_the_themes()
    {
        using var project = new Project();
        // The sandbox that root starts reads it as another user.
        File.SetUnixFileMode(project.PathOf(""), (UnixFileMode)0b111_101_101);
        project.Write("own.css", "p { color: teal }");

        var rendering = await project.RenderAsync("---\nformat:\n  html:\n    css: own.css\n---\ntext\n");

        rendering.Page.QuerySelectorAll("head style").Last().TextContent.ShouldContain("teal");
        rendering.Page.QuerySelectorAll("link").ShouldBeEmpty();
    }

    private static string Style(Rendering rendering) => rendering.Page.QuerySelector("head style")!.TextContent.Trim();

    private static async Task<Rendering> RenderAsync(string lines)
    {
        using var project = new Project();
        return await project.RenderAsync($"---\ntitle: A\n{lines}\n---\n\ntext\n");
    }
}
