using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class SharingTests(Site site)
{
    private const string Document = """
        ```{python}
        try:
            import tinyplots
            print("with the package")
        except ImportError:
            print("on the base interpreter")
        ```
        """;

    [Fact]
    public async Task Who_was_invited_renders_with_the_packages()
    {
        await using var ada = await site.PersonAsync();
        await using var grace = await site.PersonAsync();
        var project = await ada.CreateProjectAsync("Together", Document);
        await AddPackageAsync(ada, project);

        await ada.Button("Share").ClickAsync();
        await ada.Page.GetByPlaceholder("Name or email address").FillAsync(grace.Name);
        await ada.Button("Invite").ClickAsync();
        await ada.Page.GetByText("Invited, and not here yet").WaitForAsync();
        await grace.Page.GotoAsync("/");
        await grace.Button("Accept").ClickAsync();
        await grace.Editor.WaitForAsync();
        await grace.RenderAsync();

        await grace.Preview.GetByText("with the package", new() { Exact = true }).WaitForAsync();
    }

    [Theory]
    [InlineData("from the list")]
    [InlineData("from the dialog")]
    public async Task Who_was_let_in_can_leave(string way)
    {
        await using var ada = await site.PersonAsync(mayInstall: false);
        await using var grace = await site.PersonAsync(mayInstall: false);
        var project = await ada.CreateProjectAsync($"Left {way}", "Hello.\n");
        await grace.JoinAsync(ada, project);

        if (way == "from the list")
        {
            await grace.Page.GotoAsync("/");
            await grace.Button($"What to do with Left {way}").ClickAsync();
            await grace.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Leave …" }).ClickAsync();
        }
        else
        {
            await grace.Button("Share").ClickAsync();
            await grace.Button("Leave the project …").ClickAsync();
        }
        await grace.Page.GetByText("To come back you need an invitation of its owner.").WaitForAsync();
        await grace.Button("Leave the project").ClickAsync();

        await grace.Page.GetByText($"You have left Left {way}.").WaitForAsync();
        await grace.Page.GetByText("No projects yet.").WaitForAsync();
        (await grace.Context.APIRequest.GetAsync($"/api/projects/{project}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Who_comes_through_a_link_renders_on_the_base_interpreter_and_sees_why()
    {
        await using var ada = await site.PersonAsync();
        var project = await ada.CreateProjectAsync("Open", Document);
        await AddPackageAsync(ada, project);
        await ada.Button("Share").ClickAsync();
        await ada.Page.GetByLabel("Anyone with the link may edit").First.CheckAsync();
        var link = await ada
            .Page.GetByRole(AriaRole.Textbox, new() { Name = "Anyone with the link may edit" })
            .InputValueAsync();

        await using var stranger = await site.VisitAsync();
        await stranger.Page.GotoAsync(link);
        await stranger.Editor.WaitForAsync();
        await stranger.RenderAsync();
        await stranger.Preview.GetByText("on the base interpreter", new() { Exact = true }).WaitForAsync();
        await stranger.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") }).ClickAsync();

        await stranger
            .Page.GetByText("You are not signed in: documents run with the packages that every project has")
            .WaitForAsync();
        (await stranger.Page.Locator(".requirements .cm-content").GetAttributeAsync("contenteditable")).ShouldBe(
            "false"
        );
        (await stranger.Button("Save").CountAsync()).ShouldBe(0);
    }

    private static async Task AddPackageAsync(Visitor visitor, string project) =>
        await visitor.ApiAsync(
            "POST",
            $"/api/projects/{project}/python/requirements/add",
            new { requirement = "tinyplots" }
        );
}
