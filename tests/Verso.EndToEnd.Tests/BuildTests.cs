using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class BuildTests(Site site)
{
    [Fact]
    public async Task A_build_from_the_panel_says_how_far_it_is()
    {
        await using var ada = await site.PersonAsync();
        var project = await ada.CreateProjectAsync("Build", "text\n");
        await ada.ApiAsync(
            "POST",
            $"/api/projects/{project}/python/requirements/add",
            new { requirement = "tinytables" }
        );
        await ada.PackagesEntry.ClickAsync();
        await ada.Button("Build it now").WaitForAsync();
        var asked = new TaskCompletionSource();
        await ada.Page.RouteAsync(
            "**/environment/build",
            async route =>
            {
                await asked.Task;
                await route.ContinueAsync();
            }
        );
        // The build of a small package is over before it is looked at.
        await ada.Page.RouteAsync(
            "**/python/environment",
            async route =>
            {
                var answer = await route.FetchAsync();
                var text = await answer.TextAsync();
                await route.FulfillAsync(
                    new()
                    {
                        Response = answer,
                        Body = text.Replace("\"missing\"", "\"building\"")
                            .Replace("\"log\":null", "\"log\":\"[1/2] tinytables 1.0.0\\n\""),
                    }
                );
            }
        );

        await ada.Button("Build it now").ClickAsync();
        await ada.Page.GetByLabel("What the build says").GetByText("[1/2] tinytables 1.0.0").WaitForAsync();
        await ada.Page.UnrouteAsync("**/python/environment");
        asked.SetResult();

        await ada.Page.GetByRole(AriaRole.Cell, new() { Name = "1.0.0" }).WaitForAsync();
    }
}
