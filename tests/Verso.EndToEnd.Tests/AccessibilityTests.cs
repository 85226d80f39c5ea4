using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>axe finds nothing on any page, light or dark, wide or narrow.</summary>
public sealed class AccessibilityTests(Site site)
{
    private static readonly string Axe = File.ReadAllText(
        Path.Combine(DemoServer.Root, "client/node_modules/axe-core/axe.min.js")
    );

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Pages_are_usable_by_everybody(ColorScheme scheme, int width)
    {
        await using var visitor = await site.VisitAsync(scheme: scheme, width: width);
        await visitor.Page.GotoAsync("/sign-in");
        await CheckAsync(visitor, "sign in");
        await visitor.SignInAsync("demo", site.Server.Password);
        await visitor.Page.GetByText("Longer bills, shallower bills?").WaitForAsync();
        await CheckAsync(visitor, "projects");
        await visitor.Button("New project").ClickAsync();
        await visitor.Page.GetByText("A report").WaitForAsync();
        await CheckAsync(visitor, "new project");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.GetByText("Longer bills, shallower bills?").ClickAsync();
        await visitor.Editor.WaitForAsync();
        await CheckAsync(visitor, "editor");
        if (width < 800)
            await visitor.Button("Files").ClickAsync();
        await CheckAsync(visitor, "files");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") }).ClickAsync();
        await visitor.Page.Locator(".requirements .cm-content").WaitForAsync();
        await CheckAsync(visitor, "packages");
        foreach (var dialog in new[] { "Share", "History", "Export", "Publish" })
        {
            await visitor.Button(dialog).ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await CheckAsync(visitor, dialog);
            await visitor.Page.Keyboard.PressAsync("Escape");
        }
    }

    private static async Task CheckAsync(Visitor visitor, string page)
    {
        await visitor.Page.EvaluateAsync(Axe);
        var found = await visitor.Page.EvaluateAsync<string[]>(
            """
            async () => {
                const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
                const { violations } = await axe.run({ exclude: ["iframe"] }, { runOnly: { type: "tag", values: tags }, iframes: false });
                return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
            }
            """
        );
        found.ShouldBeEmpty(page);
    }
}
