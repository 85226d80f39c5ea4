using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class FirstStepsTests(Site site)
{
    private const string Document = """
        ---
        title: First steps
        ---

        ```{python}
        #| label: fig-first
        #| fig-cap: "A first plot."
        import tinyplots
        tinyplots.draw()
        ```
        """;

    [Fact]
    public async Task From_an_account_to_a_plot_with_a_package_that_was_missing()
    {
        await using var ada = await site.PersonAsync();
        await ada.CreateProjectAsync("First steps", Document);

        await ada.RenderAsync();
        await ada
            .Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add tinyplots to the project") })
            .ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        (await dialog.Locator("pre").InnerTextAsync()).ShouldBe("tinyplots");
        await ada.Button("Add and render again").ClickAsync();

        await ada.Preview.GetByRole(AriaRole.Img).First.WaitForAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Cell, new() { Name = "1.2.0" }).WaitForAsync();
        (await ada.Page.Locator(".requirements .cm-content").InnerTextAsync()).Trim().ShouldBe("tinyplots");
    }

    [Fact]
    public async Task Who_registered_alone_is_told_what_to_wait_for()
    {
        await using var eve = await site.PersonAsync(mayInstall: false);
        await eve.CreateProjectAsync("Not yet", Document);

        await eve.RenderAsync();

        await eve.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") }).ClickAsync();
        // In the log, and in the panel.
        await eve.Page.GetByText("An administrator has to allow your account").Nth(1).WaitForAsync();
        (await eve.Page.Locator(".requirements .cm-content").GetAttributeAsync("contenteditable")).ShouldBe("false");
    }

    [Fact]
    public async Task An_entry_of_the_log_leads_to_its_line()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Lines", "one\n\n```{python}\n1 / 0\n```\n");

        await ada.RenderAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^index.qmd:[0-9]+$") }).First.ClickAsync();

        (await ada.Page.Locator(".cm-activeLine").InnerTextAsync()).ShouldBe("1 / 0");
    }
}
