using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verso.Server.Tests.Workspace;

/// <summary>Somebody who uses the workspace with a browser, or a script.</summary>
internal sealed class Person : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

    public Person(Uri address) =>
        Client = new HttpClient(_handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    public HttpClient Client { get; }

    public string Id { get; set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>What the browser sends.</summary>
    public string Cookie => _handler.CookieContainer.GetCookieHeader(Client.BaseAddress!);

    public string Antiforgery => Client.DefaultRequestHeaders.GetValues("Verso-Antiforgery").Single();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task SignInAsync(string name, string password)
    {
        (await SendAsync(HttpMethod.Post, "/api/session", new { userName = name, password })).ShouldBe(
            HttpStatusCode.NoContent
        );
        await ReadSessionAsync();
        Name = name;
    }

    /// <summary>Gets the antiforgery token, as a page does when it is loaded.</summary>
    public async Task ReadSessionAsync()
    {
        var session = await GetAsync("/api/session");
        Client.DefaultRequestHeaders.Remove("Verso-Antiforgery");
        Client.DefaultRequestHeaders.Add("Verso-Antiforgery", session.GetProperty("antiforgeryToken").GetString());
        if (session.GetProperty("account") is { ValueKind: JsonValueKind.Object } account)
            Id = account.GetProperty("id").GetString()!;
    }

    /// <summary>A script in this person's name.</summary>
    public async Task<Person> WithTokenAsync(params string[] scopes)
    {
        var made = await SendAsync(HttpMethod.Post, "/api/account/tokens", new { name = "script", scopes });
        var script = new Person(Client.BaseAddress!) { Id = Id, Name = Name };
        script.Client.DefaultRequestHeaders.Authorization = new("Bearer", made.Json.GetProperty("secret").GetString());
        return script;
    }

    public async Task<JsonElement> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).ShouldBe().Json;

    public async Task<string> CreateProjectAsync(string name = "Paper") =>
        (await SendAsync(HttpMethod.Post, "/api/projects", new { name }))
            .ShouldBe(HttpStatusCode.Created)
            .Json.GetProperty("id")
            .GetString()!;

    public Task<Answer> WriteAsync(string project, string path, string text, string? ifMatch = "*") =>
        SendAsync(
            HttpMethod.Put,
            $"/api/projects/{project}/files/{path}",
            new StringContent(text),
            request =>
            {
                if (ifMatch is not null)
                    request.Headers.TryAddWithoutValidation("If-Match", ifMatch is "*" ? "*" : $"\"{ifMatch}\"");
            }
        );

    public async Task<string> ReadAsync(string project, string path) =>
        (await SendAsync(HttpMethod.Get, $"/api/projects/{project}/files/{path}")).ShouldBe().Text;

    /// <param name="body">Content as it is, or what becomes JSON.</param>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            JsonNode json => JsonContent.Create(json),
            _ => JsonContent.Create(body),
        };
        change?.Invoke(request);
        using var response = await Client.SendAsync(request, Cancelled);
        return await Answer.OfAsync(response);
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}
