using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>Makes the pictures of <c>docs/images</c>; runs only when it is asked for by name.</summary>
[NeedsSandbox]
public sealed class Pictures(Site site)
{
    [Theory(Explicit = true)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Of_every_page(ColorScheme scheme)
    {
        await using var demo = await site.VisitAsync(scheme: scheme);
        await demo.Page.GotoAsync("/sign-in");
        await demo.Page.GetByLabel("Password").WaitForAsync();
        await TakeAsync(demo, "sign-in", scheme);
        await demo.SignInAsync("demo", site.Server.Password);
        await demo.Page.GetByText("Longer bills, shallower bills?").WaitForAsync();
        await TakeAsync(demo, "projects", scheme);

        await demo.Page.GetByText("Longer bills, shallower bills?").ClickAsync();
        await demo.Editor.WaitForAsync();
        await demo.RenderAsync();
        await demo.Preview.GetByRole(AriaRole.Heading, new() { Name = "The birds" }).WaitForAsync();
        await TakeAsync(demo, "editor", scheme);
        await demo.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") }).ClickAsync();
        await demo.Page.GetByRole(AriaRole.Cell, new() { Name = "verso-fieldguide" }).WaitForAsync();
        await TakeAsync(demo, "packages", scheme);
        foreach (var dialog in new[] { "Share", "History", "Export", "Publish" })
        {
            await demo.Button(dialog).ClickAsync();
            await demo.Page.GetByRole(AriaRole.Dialog).GetByText("Reading …").WaitForAsync(Gone);
            if (dialog == "History")
                await demo.Page.GetByRole(AriaRole.Dialog).Locator("pre").WaitForAsync();
            await TakeAsync(demo, dialog.ToLowerInvariant(), scheme);
            await demo.Page.Keyboard.PressAsync("Escape");
        }

        var project = await demo.CreateProjectAsync(
            "A package is missing",
            "---\ntitle: A first look\n---\n\n```{python}\n#| label: fig-first\nimport tinyplots\n\ntinyplots.draw()\n```\n"
        );
        await demo.RenderAsync();
        await TakeAsync(demo, "log", scheme);
        await demo.ApiAsync("DELETE", $"/api/projects/{project}");
    }

    private static readonly LocatorWaitForOptions Gone = new() { State = WaitForSelectorState.Hidden };

    private static async Task TakeAsync(Visitor visitor, string name, ColorScheme scheme)
    {
        // Fonts are there, and what they move is in its place. The network is never idle: changes are told on it.
        await visitor.Page.EvaluateAsync(
            "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"
        );
        await visitor.Page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    DemoServer.Root,
                    "docs/images",
                    $"{name}-{scheme.ToString().ToLowerInvariant()}.png"
                ),
                Animations = ScreenshotAnimations.Disabled,
            }
        );
    }
}
