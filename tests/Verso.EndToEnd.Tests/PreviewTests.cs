using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class PreviewTests(Site site)
{
    [Fact]
    public async Task The_reader_stays_where_they_are_when_the_document_is_rendered_anew()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var text = string.Concat(Enumerable.Range(1, 150).Select(i => $"Paragraph {i}.\n\n"));
        await ada.CreateProjectAsync("Scrolled", text);
        await ada.RenderAsync();
        await ada.Preview.GetByText("Paragraph 100.").ScrollIntoViewIfNeededAsync();
        var before = await ada.Preview.Locator("html").EvaluateAsync<double>("() => scrollY");
        before.ShouldBeGreaterThan(500);

        await ada.WriteAsync(text + "The end.\n");
        await ada.RenderAsync();
        await ada.Preview.GetByText("The end.").WaitForAsync();

        (await ada.Preview.Locator("html").EvaluateAsync<double>("() => scrollY")).ShouldBe(before, 2);
    }

    [Fact]
    public async Task A_deck_stays_on_its_slide()
    {
        const string deck = "---\nformat: revealjs\n---\n\n## First\n\none\n\n## Second\n\ntwo\n\n## Third\n\nthree\n";
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Deck", deck);
        await ada.RenderAsync();
        await ada.Preview.GetByText("one", new() { Exact = true }).ClickAsync();
        await ada.Page.Keyboard.PressAsync("ArrowRight");
        await ada.Preview.Locator("section.present", new() { HasText = "two" }).WaitForAsync();

        await ada.WriteAsync(deck.Replace("two", "two, and more"));
        await ada.RenderAsync();

        await ada.Preview.Locator("section.present", new() { HasText = "two, and more" }).WaitForAsync();
    }

    [Fact]
    public async Task What_is_typed_is_rendered_by_itself()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("While typing", "Before.\n");
        await ada.Button("How to render").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Render while typing" }).ClickAsync();
        await ada.Preview.GetByText("Before.").WaitForAsync();

        await ada.WriteAsync("Typed, and not rendered by hand.\n");

        await ada.Preview.GetByText("Typed, and not rendered by hand.").WaitForAsync();
    }

    [Fact]
    public async Task A_render_that_takes_too_long_is_stopped()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Stopped", "```{python}\nimport time\ntime.sleep(600)\n```\n");

        await ada.Page.Keyboard.PressAsync("Control+Enter");
        await ada.Page.GetByText("Running the cells").WaitForAsync();
        await ada.Button("Stop").ClickAsync();

        await ada.Page.GetByText("The compile was stopped.").WaitForAsync();
        await ada.Button("Render").WaitForAsync();
    }
}
