using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>What the editors help with.</summary>
public sealed class EditingTests(Site site)
{
    [Fact]
    public async Task Prose_is_checked_for_spelling_and_code_is_not()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Spelling", "---\ntitle: A\n---\n\nProse.\n\n```{python}\nkode = 1\n```\n");

        (await ada.Editor.GetAttributeAsync("spellcheck")).ShouldBe("true");
        (await CheckedAsync("Prose.")).ShouldBe("true");
        (await CheckedAsync("title: A")).ShouldBe("false");
        (await CheckedAsync("kode = 1")).ShouldBe("false");

        await ada.Button("New file").ClickAsync();
        await ada.Page.Keyboard.TypeAsync("_quarto.yml");
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.Page.Locator(".cm-content[aria-label='_quarto.yml'][spellcheck=false]").WaitForAsync();

        Task<string?> CheckedAsync(string line) =>
            ada
                .Page.Locator(".cm-line", new() { HasText = line })
                .EvaluateAsync<string?>("line => line.closest('[spellcheck]').getAttribute('spellcheck')");
    }

    [Fact]
    public async Task Options_of_cells_and_references_are_completed()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await ada.CreateProjectAsync("Completed", "```{python}\n#| label: fig-mass\n\n```\n\n");
        var keys = ada.Page.Keyboard;
        var options = ada.Page.Locator(".cm-tooltip-autocomplete li");

        await keys.PressAsync("Control+Home");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowDown");
        await keys.TypeAsync("#| fig-c");
        await options.GetByText("fig-cap").WaitForAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Control+End");
        await keys.TypeAsync("See @fig");
        await options.GetByText("@fig-mass").ClickAsync();

        (await ada.Editor.InnerTextAsync()).ShouldContain("See @fig-mass");
    }

    [Fact]
    public async Task Packages_are_completed_their_faults_stand_under_the_line_and_control_S_saves_them()
    {
        await using var ada = await site.PersonAsync();
        var project = await ada.CreateProjectAsync("Requirements", "text\n");
        await ada.PackagesEntry.ClickAsync();
        var keys = ada.Page.Keyboard;

        await ada.Page.Locator(".requirements .cm-content").ClickAsync();
        await keys.TypeAsync("tinyp");
        await ada.Page.Locator(".cm-tooltip-autocomplete li").GetByText("tinyplots").ClickAsync();
        await keys.PressAsync("Enter");
        await keys.InsertTextAsync("-r other.txt");
        await ada.Page.Locator(".cm-line:nth-child(2) .cm-lintRange-error").WaitForAsync();
        // What is typed stays when one looks elsewhere.
        await ada.File("index.qmd").ClickAsync();
        await ada.Page.Locator(".cm-content[aria-label='index.qmd']").WaitForAsync();
        await ada.PackagesEntry.ClickAsync();
        await ada.Page.Locator(".requirements .cm-lintRange-error").ClickAsync();
        await keys.PressAsync("End");
        await keys.PressAsync("Shift+Home");
        await keys.PressAsync("Delete");
        await keys.PressAsync("Control+S");
        await ada.Page.GetByText("No packages of its own").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        var file = await ada.Context.APIRequest.GetAsync($"/api/projects/{project}/files/requirements.vrf");
        (await file.TextAsync()).Trim().ShouldBe("tinyplots");
    }
}
