using System.Text.Json;
using Microsoft.Playwright;

namespace Verso.EndToEnd.Tests;

/// <summary>Somebody at a browser, and what they do there.</summary>
public sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public const string Password = "a long enough password";

    public IBrowserContext Context => context;

    public IPage Page => page;

    public string Name { get; private set; } = "";

    public ILocator Editor => page.Locator(".cm-content").First;

    /// <summary>The rendered document in the preview.</summary>
    public IFrameLocator Preview => page.FrameLocator("iframe:not(.waiting)");

    public async Task RegisterAsync(string name)
    {
        Name = name;
        await page.GotoAsync("/register");
        await page.GetByLabel("Name", new() { Exact = false }).First.FillAsync(name);
        await page.GetByLabel("Email address").FillAsync($"{name}@example.org");
        await page.GetByLabel("Password").FillAsync(Password);
        await Button("Make the account").ClickAsync();
        await Heading("Projects").WaitForAsync();
    }

    public async Task SignInAsync(string name, string password)
    {
        Name = name;
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name or email address").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
        await Heading("Projects").WaitForAsync();
    }

    /// <summary>Lets somebody install packages, as an administrator.</summary>
    public async Task AllowAsync(string name)
    {
        var accounts = await ApiAsync("GET", "/api/admin/accounts");
        var id = accounts
            .EnumerateArray()
            .Single(account => account.GetProperty("userName").GetString() == name)
            .GetProperty("id")
            .GetString();
        await ApiAsync("PATCH", $"/api/admin/accounts/{id}", new { mayInstall = true });
    }

    /// <summary>Makes a project through the page, with a document of this text.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateProjectAsync(string name, string text)
    {
        await page.GotoAsync("/");
        await Button("New project").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync(name);
        await Button("Create").ClickAsync();
        await Editor.WaitForAsync();
        await WriteAsync(text);
        return page.Url.Split('/')[^1];
    }

    /// <summary>Puts a text into the editor in place of what is there.</summary>
    public async Task WriteAsync(string text)
    {
        await Editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
        await SavedAsync();
    }

    public async Task SavedAsync() => await page.Locator("[data-state=saved]").WaitForAsync();

    public async Task RenderAsync()
    {
        await page.Keyboard.PressAsync("Control+Enter");
        await Button("Stop").Or(Button("Stopping …")).WaitForAsync();
        await Button("Render").WaitForAsync();
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Heading(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    /// <summary>Is invited into somebody's project, and opens it.</summary>
    public async Task JoinAsync(Visitor owner, string project)
    {
        await owner.ApiAsync("POST", $"/api/projects/{project}/invitations", new { addressee = Name, role = "editor" });
        await page.GotoAsync("/");
        await Button("Accept").ClickAsync();
        await Editor.WaitForAsync();
    }

    /// <returns>The person's id.</returns>
    public async Task<string> AccountAsync() =>
        (await ApiAsync("GET", "/api/session")).GetProperty("account").GetProperty("id").GetString()!;

    /// <summary>A row of the list of files.</summary>
    public ILocator File(string path) => page.Locator($"[data-path='{path}']");

    public ILocator PackagesEntry => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Python packages") });

    /// <summary>Goes on with Tab until something has the focus.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        throw new InvalidOperationException($"Tab does not lead to {wanted}.");
    }

    /// <summary>A request of the person's own, with all that the page would send.</summary>
    public async Task<JsonElement> ApiAsync(string method, string path, object? body = null)
    {
        var session = await (await context.APIRequest.GetAsync("/api/session")).JsonAsync();
        var response = await context.APIRequest.FetchAsync(
            path,
            new()
            {
                Method = method,
                DataObject = body,
                Headers = [new("Verso-Antiforgery", session!.Value.GetProperty("antiforgeryToken").GetString()!)],
            }
        );
        response.Ok.ShouldBeTrue($"{method} {path}: {response.Status} {await response.TextAsync()}");
        return response.Status == 204 ? default : (await response.JsonAsync())!.Value;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
