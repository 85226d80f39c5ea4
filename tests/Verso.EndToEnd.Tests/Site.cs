using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Verso.EndToEnd.Tests.Site))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Verso.EndToEnd.Tests;

/// <summary>One server and one browser for all tests; each test brings its own people.</summary>
public sealed class Site : IAsyncLifetime
{
    private static int _people;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public DemoServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await DemoServer.StartAsync(TestContext.Current.CancellationToken);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] }
        );
    }

    /// <summary>A browser of somebody who is not signed in.</summary>
    /// <param name="address">Of another server than the one for all tests.</param>
    public async Task<Visitor> VisitAsync(
        string? address = null,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1280,
        int height = 800
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = address ?? Server.Address,
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        // The machine of the tests may be busy; a render takes what it takes.
        context.SetDefaultTimeout(45_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Somebody with an account that an administrator made, or allowed.</summary>
    public async Task<Visitor> PersonAsync(bool mayInstall = true)
    {
        var visitor = await VisitAsync();
        var name = $"person{Interlocked.Increment(ref _people)}";
        await visitor.RegisterAsync(name);
        if (!mayInstall)
            return visitor;
        await using var administrator = await DemoAsync();
        await administrator.AllowAsync(name);
        await visitor.Page.ReloadAsync();
        return visitor;
    }

    /// <summary>The sample account.</summary>
    public async Task<Visitor> DemoAsync()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("demo", Server.Password);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
    }
}
