using System.Net;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>Documents on an origin of their own: which one a request is for is said by its Host.</summary>
[NeedsSandbox]
public sealed class ContentOriginTests : IAsyncLifetime
{
    private const string Content = "http://content.test";

    private WorkspaceServer _server = null!;
    private Person _ada = null!;
    private string _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { PublicUrl = "http://main.test", ContentUrl = Content },
            }
        );
        _ada = await _server.SignInAsync("ada");
        _project = await _ada.CreateProjectAsync();
        (await _ada.WriteAsync(_project, "index.qmd", "Words of hers\n")).ShouldBe();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Builds_are_served_there_and_there_alone()
    {
        var build = await _ada.CompileAsync(_project);
        var url = build.Url("index.html");
        url.ShouldStartWith($"{Content}/content/");
        build.GetProperty("mainUrl").GetString().ShouldBe(url);
        var path = new Uri(url).PathAndQuery;

        var page = (await AskAsync(path, "content.test")).ShouldBe();

        page.Text.ShouldContain("Words of hers");
        page.Headers["Content-Security-Policy"].Single().ShouldStartWith("sandbox allow-scripts ");
        page.Headers["Set-Cookie"].ShouldBeEmpty();
        (await AskAsync(path, "CONTENT.test:80")).ShouldBe();
        (await AskAsync(path + "?preview", "content.test")).ShouldBe().Text.ShouldContain("/preview.js");
        (await AskAsync(path + "?download", "content.test"))
            .ShouldBe()
            .Headers["Content-Disposition"]
            .ShouldBe(["attachment"]);
        foreach (var host in new[] { "main.test", _server.Address.Authority, "content.test:8080", "x.content.test" })
            (await AskAsync(path, host)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Published_pages_are_too_and_old_addresses_lead_there()
    {
        var published = await _ada.SendAsync(HttpMethod.Post, $"/api/projects/{_project}/publish");
        var url = published.ShouldBe().Json.GetProperty("url").GetString()!;
        url.ShouldStartWith($"{Content}/p/");
        (await _ada.GetAsync($"/api/projects/{_project}/publish")).GetProperty("url").GetString().ShouldBe(url);
        var path = new Uri(url).PathAndQuery;

        (await AskAsync(path, "content.test")).ShouldBe().Text.ShouldContain("Words of hers");
        var moved = await AskAsync(path + "a%20b.html?x=%2F", "main.test");

        moved.ShouldBe(HttpStatusCode.Found).Headers["Location"].ShouldBe([url + "a%20b.html?x=%2F"]);
        moved.Headers["Set-Cookie"].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/sign-in")]
    [InlineData("GET", "/api/session")]
    [InlineData("GET", "/api/projects")]
    [InlineData("POST", "/api/session")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/status")]
    [InlineData("GET", "/internal/files/x/y")]
    [InlineData("POST", "/content/x/index.html")]
    [InlineData("DELETE", "/p/x/")]
    [InlineData("GET", "/contents")]
    public async Task There_is_nothing_else_there_not_even_for_who_is_signed_in(string method, string path)
    {
        var answer = await AskAsync(path, "content.test", method);

        answer.ShouldBe(HttpStatusCode.NotFound).Problem.ShouldBe("Documents are served here, and nothing else.");
        answer.Headers["Set-Cookie"].ShouldBeEmpty();
    }

    [Fact]
    public async Task The_editor_may_show_that_origin_and_serves_outputs_for_programs_alone()
    {
        var build = await _ada.CompileAsync(_project);
        var id = build.GetProperty("id").GetString();

        (await _ada.SendAsync(HttpMethod.Get, "/api/session"))
            .Headers["Content-Security-Policy"]
            .Single()
            .ShouldContain($"; frame-src {Content};");
        foreach (var what in new[] { "output/index.html", "log" })
            (await _ada.SendAsync(HttpMethod.Get, $"/api/projects/{_project}/builds/{id}/{what}"))
                .ShouldBe()
                .Headers["Content-Disposition"]
                .ShouldBe(["attachment"]);
    }

    // With whatever cookies she has.
    private Task<Answer> AskAsync(string path, string host, string method = "GET") =>
        _ada.SendAsync(new HttpMethod(method), path, change: request => request.Headers.Host = host);
}
