using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class PublishingTests(Site site)
{
    [Fact]
    public async Task A_published_page_is_read_by_who_is_not_signed_in()
    {
        await using var ada = await site.DemoAsync();
        await ada.CreateProjectAsync("Public", "# For everybody\n\nRead me.\n");

        await ada.Button("Publish").ClickAsync();
        await ada
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })
            .ClickAsync();
        var address = await ada.Page.GetByLabel("Address of the page").InputValueAsync();
        await using var reader = await site.VisitAsync();
        await reader.Page.GotoAsync(address);

        await reader.Page.GetByText("Read me.").WaitForAsync();
    }

    [Fact]
    public async Task A_deck_is_exported_to_a_page_and_to_a_PDF()
    {
        await using var ada = await site.DemoAsync();
        await ada.Page.GetByText("Why the average lies").ClickAsync();
        await ada.Editor.WaitForAsync();

        await ada.Button("Export").ClickAsync();
        await ada.Button("Export as a deck").ClickAsync();

        foreach (var extension in new[] { ".html", ".pdf" })
        {
            var link = ada.Page.GetByRole(AriaRole.Link, new() { NameRegex = new($@"\{extension} ") }).First;
            await link.WaitForAsync();
            var answer = await ada.Context.APIRequest.GetAsync((await link.GetAttributeAsync("href"))!);
            var content = await answer.BodyAsync();
            content.Length.ShouldBeGreaterThan(10_000);
        }
    }

    [Fact]
    public async Task An_earlier_version_comes_back()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("History", "the first text\n");
        await ada.WriteAsync("the second text\n");

        await ada.Button("History").ClickAsync();
        var versions = ada.Page.GetByRole(AriaRole.List, new() { Name = "Versions" }).GetByRole(AriaRole.Button);
        await versions.Nth(1).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByText("the first text").WaitForAsync();
        await ada.Button("Restore this version").ClickAsync();

        await ada.Editor.GetByText("the first text").WaitForAsync();
        (await ada.Editor.InnerTextAsync()).ShouldNotContain("the second text");
    }
}
