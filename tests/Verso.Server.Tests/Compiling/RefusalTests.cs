using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>Requests that make no sense get a sentence.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("compiler", "\"pdflatex\"", "no compiler 'pdflatex'")]
    [InlineData("timeout", "-1", "options.timeout")]
    [InlineData("timeout", "\"soon\"", "$.compile.options.timeout")]
    [InlineData("syncType", "\"partial\"", "must be full or incremental")]
    [InlineData("syncType", "\"incremental\"", "needs options.syncState")]
    [InlineData("exportMode", "\"everything\"", "must be none, presentation or publish")]
    [InlineData("buildId", "\"../x\"", "options.buildId")]
    public async Task Options_that_make_no_sense(string option, string value, string expected)
    {
        var request = Request(File("index.qmd", "")).With(option, JsonNode.Parse(value));

        var answer = await _server.CompileAsync("alpha", request);

        answer.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain(expected);
        Directory.Exists(_server.TargetFolder("alpha")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"compile\": null}")]
    [InlineData("{\"compile\": {\"resources\": [null]}}")]
    [InlineData("{\"compile\": {\"resources\": [{\"content\": \"\"}]}}")]
    [InlineData("{\"compile\": {\"options\": {\"allowPythonInstall\": false, \"allowPythonInstall\": true}}}")]
    public async Task Bodies_that_make_no_sense(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _server.Client.PostAsync(
            Address("alpha") + "/compile",
            content,
            TestContext.Current.CancellationToken
        );

        (await CompileAnswer.ReadAsync(answer)).ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_body_that_is_too_large()
    {
        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", new string('x', 8 << 20))));

        answer.ShouldBe("error", HttpStatusCode.RequestEntityTooLarge).Error.ShouldContain("larger than 7 MB");
    }

    [Fact]
    public async Task Too_many_files()
    {
        var answer = await _server.CompileAsync(
            "alpha",
            Request(Enumerable.Range(0, 2001).Select(i => File($"f{i}", "")))
        );

        answer.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain("at most 2000");
    }

    [Fact]
    public async Task Files_that_cannot_be()
    {
        var twice = await _server.CompileAsync("alpha", Request(File("a", ""), File("a", "")));
        twice.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain("given twice");

        var both = await _server.CompileAsync("alpha", Request(File("a", ""), File("a/b/c", "")));
        both.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain("both a file and a folder");

        var nothing = await _server.CompileAsync("alpha", Request(new JsonObject { ["path"] = "a" }));
        nothing.ShouldBe("error", HttpStatusCode.BadRequest).Error.ShouldContain("neither content nor a url");
    }

    [Theory]
    [InlineData("/project/a.b/compile")]
    [InlineData("/project/alpha/user/nobody/compile")]
    [InlineData("/project/alpha-0123456789abcdef01234567/compile")] // another project's, for one person
    public async Task Ids_that_cannot_be(string path)
    {
        using var answer = await _server.Client.PostAsJsonAsync(
            path,
            Request(File("index.qmd", "")),
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("A project's id");
    }

    [Fact]
    public async Task A_page_that_has_the_service_looked_up_by_another_name_is_kept_out()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/project/alpha/build/1-1/output/index.html");
        request.Headers.Host = "attacker.example";

        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("null")]
    public async Task A_page_that_sends_a_project_to_compile_is_kept_out(string origin)
    {
        // What a page may send anywhere without asking: a body that has no type.
        var body = Encoding.UTF8.GetBytes(Request(File("index.qmd", "# Words")).ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("alpha") + "/compile")
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.Add("Origin", origin);

        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Directory.Exists(_server.TargetFolder("alpha")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong-key-wrong-key", HttpStatusCode.Unauthorized)]
    [InlineData("right-key-right-key", HttpStatusCode.NoContent)]
    public async Task Where_there_is_a_key_clients_must_have_it(string? key, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with { Key = "right-key-right-key" },
            }
        );
        server.Client.DefaultRequestHeaders.Authorization = key is null
            ? null
            : new AuthenticationHeaderValue("Bearer", key);

        (await server.StopAsync("alpha")).ShouldBe(expected);
        (await server.Client.GetStringAsync("/health_check", TestContext.Current.CancellationToken)).ShouldBe("OK");
    }
}
