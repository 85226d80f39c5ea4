using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>What others do to a project is there for those who have it open, without being asked for.</summary>
public sealed class TogetherTests(Site site)
{
    [Fact]
    public async Task What_others_change_is_heard_of()
    {
        await using var ada = await site.PersonAsync();
        var project = await ada.CreateProjectAsync("Heard of", "before\n");
        await using var reader = await OpenWithoutTimersAsync(ada);

        await ada.WriteAsync("changed by somebody else\n");
        await reader.Page.GetByText("changed by somebody else").WaitForAsync();
        await ada.Button("New file").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("added.qmd");
        await ada.Button("Create").ClickAsync();
        await reader.File("added.qmd").WaitForAsync();
        await ada.ApiAsync(
            "POST",
            $"/api/projects/{project}/python/requirements/add",
            new { requirement = "tinyplots" }
        );

        await reader
            .Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages (Not built|Ready)") })
            .WaitForAsync();
    }

    [Fact]
    public async Task A_file_that_others_delete_is_closed_and_said_so()
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync("Deleted file", "before\n");

        await ada.ApiAsync("DELETE", $"/api/projects/{project}/files/index.qmd");

        await ada.Page.GetByText("index.qmd was deleted or has another name now.").WaitForAsync();
        await ada.Page.GetByText("There are no files yet.").WaitForAsync();
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("removed")]
    public async Task A_project_that_is_gone_says_so_and_leaves_the_text_in_sight(string how)
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await using var grace = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync($"Gone {how}", "a text of mine\n");
        await grace.JoinAsync(ada, project);

        if (how == "deleted")
            await ada.ApiAsync("DELETE", $"/api/projects/{project}");
        else
            await ada.ApiAsync("DELETE", $"/api/projects/{project}/members/{await grace.AccountAsync()}");

        await grace.Page.GetByText("or it is not shared with you any more").WaitForAsync();
        (await grace.Editor.InnerTextAsync()).ShouldContain("a text of mine");
    }

    // Its timers stand still: what it shows it was told.
    private async Task<Visitor> OpenWithoutTimersAsync(Visitor visitor)
    {
        var other = await site.VisitAsync();
        await other.SignInAsync(visitor.Name, Visitor.Password);
        await other.Page.Clock.InstallAsync();
        var listening = other.Page.WaitForResponseAsync("**/events");
        await other.Page.GotoAsync(visitor.Page.Url);
        await listening;
        await other.Page.GetByText("before").WaitForAsync();
        await other.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        return other;
    }
}
