using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>Sessions end while people write.</summary>
public sealed class SessionTests(Site site)
{
    [Fact]
    public async Task Who_is_signed_out_while_writing_signs_in_again_and_nothing_is_lost()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Signed out", "Before.\n");

        await ada.Context.ClearCookiesAsync();
        await ada.Page.Keyboard.TypeAsync("Typed while signed out.");
        await ada.Page.Locator("[data-state=refused]").WaitForAsync();
        await ada.Button("Sign in again").ClickAsync();
        await ada.Page.GetByLabel("Password of").FillAsync("not the password");
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert).WaitForAsync();
        await ada.Page.GetByLabel("Password of").FillAsync(Visitor.Password);
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.SavedAsync();

        (await ada.Page.GetByText("You are signed out.").CountAsync()).ShouldBe(0);
        var file = await ada.Context.APIRequest.GetAsync($"/api/projects/{project}/files/index.qmd");
        (await file.TextAsync()).ShouldContain("Typed while signed out.");
    }

    [Fact]
    public async Task Who_signs_out_at_once_after_typing_loses_nothing()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Signing out", "Before.\n");
        var address = ada.Page.Url;

        await ada.Page.Keyboard.TypeAsync("Typed last.");
        await ada.Button($"{ada.Name}: account").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await ada.Heading("Sign in").WaitForAsync();
        await using var again = await site.VisitAsync();
        await again.SignInAsync(ada.Name, Visitor.Password);
        await again.Page.GotoAsync(address);

        await again.Page.GetByText("Typed last.").WaitForAsync();
    }
}
