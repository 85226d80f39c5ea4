using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>Everything can be done without a mouse.</summary>
[NeedsSandbox]
public sealed class KeyboardTests(Site site)
{
    [Fact]
    public async Task From_a_new_file_to_the_line_that_failed()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Keys", "text\n");
        await ada.Page.ReloadAsync();
        await ada.Editor.WaitForAsync();
        var keys = ada.Page.Keyboard;

        await ada.TabToAsync(ada.Button("New file"));
        await keys.PressAsync("Enter");
        await keys.TypeAsync("report.qmd");
        await keys.PressAsync("Enter");
        await ada.Page.Locator(".cm-content[aria-label='report.qmd']:focus").WaitForAsync();
        await keys.InsertTextAsync("one\n\n```{python}\n1 / 0\n```\n");
        await ada.SavedAsync();

        // Which document is rendered is said in its menu.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Shift+Tab");
        while (!await HasFocusAsync(ada.Button("What to do with report.qmd")))
            await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await ada.Page.Locator("[role=menuitemcheckbox]:focus").WaitForAsync();
        await keys.PressAsync("Enter");
        await ada.File("report.qmd").GetByText("renders").First.WaitForAsync();

        await ada.RenderAsync();
        await ada.TabToAsync(
            ada.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^report.qmd:[0-9]+$") }).First
        );
        await keys.PressAsync("Enter");

        await ada.Page.Locator(".cm-content:focus").WaitForAsync();
        (await ada.Page.Locator(".cm-activeLine").InnerTextAsync()).ShouldBe("1 / 0");
    }

    [Fact]
    public async Task A_file_is_renamed_and_deleted()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Renamed", "text\n");
        var keys = ada.Page.Keyboard;

        await ada.File("index.qmd").FocusAsync();
        await keys.PressAsync("F2");
        await keys.TypeAsync("other");
        await keys.PressAsync("Enter");
        await ada.File("other.qmd").WaitForAsync();
        await ada.File("other.qmd").FocusAsync();
        await keys.PressAsync("Delete");
        await keys.PressAsync("Escape");
        await ada.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await HasFocusAsync(ada.File("other.qmd"))).ShouldBeTrue();
        await keys.PressAsync("Delete");
        await keys.PressAsync("Enter");

        await ada.Page.GetByText("No files yet.", new() { Exact = true }).WaitForAsync();
    }

    private static Task<bool> HasFocusAsync(ILocator locator) =>
        locator.EvaluateAsync<bool>("element => element === document.activeElement");
}
