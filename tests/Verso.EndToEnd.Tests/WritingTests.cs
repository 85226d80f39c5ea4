namespace Verso.EndToEnd.Tests;

/// <summary>No keystroke is lost.</summary>
public sealed class WritingTests(Site site)
{
    [Fact]
    public async Task What_is_typed_without_a_connection_is_saved_when_there_is_one()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Offline", "Before.\n");

        await ada.Context.SetOfflineAsync(true);
        await TypeAtEndAsync(ada, "While offline.");
        await ada.Page.Locator("[data-state=offline]").WaitForAsync();
        await ada.Context.SetOfflineAsync(false);
        await ada.SavedAsync();

        (await TextAsync(ada, project)).ShouldContain("While offline.");
    }

    [Fact]
    public async Task A_page_that_was_closed_without_a_connection_still_has_its_text()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Closed", "Before.\n");

        await ada.Context.SetOfflineAsync(true);
        await TypeAtEndAsync(ada, "Never sent.");
        await ada.Page.Locator("[data-state=offline]").WaitForAsync();
        var address = ada.Page.Url;
        await ada.Page.GotoAsync("about:blank");
        await ada.Context.SetOfflineAsync(false);
        await ada.Page.GotoAsync(address);
        await ada.Page.GetByText("Never sent.").WaitForAsync();
        await ada.SavedAsync();

        (await TextAsync(ada, project)).ShouldContain("Never sent.");
    }

    [Fact]
    public async Task Two_tabs_come_to_the_same_text()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Two tabs", "first\n\nlast\n");
        var other = new Visitor(ada.Context, await ada.Context.NewPageAsync());
        await other.Page.GotoAsync(ada.Page.Url);
        await other.Page.GetByText("last").WaitForAsync();

        await TypeAtEndAsync(other, "from the other tab");
        await other.SavedAsync();
        await ada.Page.BringToFrontAsync();
        await ada.Editor.ClickAsync();
        await ada.Page.Keyboard.PressAsync("Control+Home");
        await ada.Page.Keyboard.TypeAsync("from this tab ");
        await ada.SavedAsync();

        await ada.Page.GetByText("from the other tab").WaitForAsync();
        var text = await TextAsync(ada, project);
        text.ShouldStartWith("from this tab first");
        text.ShouldContain("from the other tab");
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_costs_nothing()
    {
        await using var server = await DemoServer.StartAsync(TestContext.Current.CancellationToken);
        await using var ada = await site.VisitAsync(server.Address);
        await ada.SignInAsync("demo", server.Password);
        var project = await ada.CreateProjectAsync("Restart", "Before.\n");

        await server.KillAsync();
        await TypeAtEndAsync(ada, "While it was down.");
        await ada.Page.Locator("[data-state=offline]").WaitForAsync();
        await server.RestartAsync(TestContext.Current.CancellationToken);
        await ada.SavedAsync();

        (await TextAsync(ada, project)).ShouldContain("While it was down.");
    }

    private static async Task TypeAtEndAsync(Visitor visitor, string text)
    {
        await visitor.Editor.ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Control+End");
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    private static async Task<string> TextAsync(Visitor visitor, string project) =>
        await (
            await visitor.Context.APIRequest.GetAsync(
                new Uri(new Uri(visitor.Page.Url), $"/api/projects/{project}/files/index.qmd").ToString()
            )
        ).TextAsync();
}
