using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

[NeedsSandbox]
public sealed class NarrowTests(Site site)
{
    [Fact]
    public async Task A_telephone_is_enough_to_write_to_render_to_read_and_to_see_the_packages()
    {
        await using var demo = await site.VisitAsync(width: 390, height: 780);
        await demo.SignInAsync("demo", site.Server.Password);
        await demo.CreateProjectAsync("Narrow", "Before.\n");
        await demo.WriteAsync("Written on a telephone.\n");

        await demo.Button("Preview").ClickAsync();
        await demo.Button("Render").ClickAsync();
        await demo.Preview.GetByText("Written on a telephone.").WaitForAsync();
        await demo.Button("Files").ClickAsync();
        await demo.PackagesEntry.ClickAsync();
        await demo.Page.Locator(".requirements .cm-content").WaitForAsync();

        var (page, window) = (
            await demo.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"),
            await demo.Page.EvaluateAsync<int>("innerWidth")
        );
        page.ShouldBe(window);
    }
}
