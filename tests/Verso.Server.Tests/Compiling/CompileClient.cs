using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verso.Server.Tests.Compiling;

/// <summary>A client of the compile service, of which it knows nothing but the protocol.</summary>
internal static class CompileClient
{
    public const string User = "0123456789abcdef01234567";

    public static string Address(string project, string? user = User) =>
        user is null ? $"/project/{project}" : $"/project/{project}/user/{user}";

    /// <summary>A file by its content.</summary>
    public static JsonObject File(string path, string content) => new() { ["path"] = path, ["content"] = content };

    public static JsonObject FromUrl(string path, string url) => new() { ["path"] = path, ["url"] = url };

    /// <summary>The body of a request for these files.</summary>
    public static JsonObject Request(params IEnumerable<JsonObject> resources) =>
        new()
        {
            ["compile"] = new JsonObject
            {
                ["options"] = new JsonObject { ["compiler"] = "quarto" },
                ["resources"] = new JsonArray([.. resources]),
            },
        };

    /// <summary>With another option, or another value of it.</summary>
    public static JsonObject With(this JsonObject request, string option, JsonNode? value)
    {
        request["compile"]!["options"]![option] = value;
        return request;
    }

    public static JsonObject WithRoot(this JsonObject request, string path)
    {
        request["compile"]!["rootResourcePath"] = path;
        return request;
    }

    public static Task<CompileAnswer> CompileAsync(
        this TestServer server,
        string project,
        JsonObject request,
        string? user = User
    ) => server.CompileUntilAsync(project, request, user, TestContext.Current.CancellationToken);

    /// <summary>By a client that can lose its patience.</summary>
    public static async Task<CompileAnswer> CompileUntilAsync(
        this TestServer server,
        string project,
        JsonObject request,
        string? user,
        CancellationToken cancellationToken
    )
    {
        using var answer = await server.Client.PostAsJsonAsync(
            Address(project, user) + "/compile",
            request,
            cancellationToken
        );
        return await CompileAnswer.ReadAsync(answer);
    }

    /// <summary>Compiles a document alone.</summary>
    public static Task<CompileAnswer> CompileAsync(this TestServer server, string project, string document) =>
        server.CompileAsync(project, Request(File("index.qmd", document)));

    public static async Task<HttpStatusCode> StopAsync(this TestServer server, string project, string? user = User)
    {
        using var answer = await server.Client.PostAsync(
            Address(project, user) + "/compile/stop",
            null,
            TestContext.Current.CancellationToken
        );
        return answer.StatusCode;
    }

    public static async Task<HttpStatusCode> ClearAsync(this TestServer server, string project, string? user = User)
    {
        using var answer = await server.Client.DeleteAsync(
            Address(project, user),
            TestContext.Current.CancellationToken
        );
        return answer.StatusCode;
    }

    /// <summary>The events of a compile, as they come.</summary>
    public static async IAsyncEnumerable<(string Stage, JsonElement Data)> WatchAsync(
        this TestServer server,
        string project,
        string? user = User
    )
    {
        var stopped = TestContext.Current.CancellationToken;
        await using var stream = await server.Client.GetStreamAsync(
            Address(project, user) + "/compile/events",
            stopped
        );
        var parser = System.Net.ServerSentEvents.SseParser.Create(stream);
        await foreach (var item in parser.EnumerateAsync(stopped))
            yield return (item.EventType, JsonDocument.Parse(item.Data).RootElement);
    }

    /// <summary>Waits until the compile under way says something of a stage that holds a text.</summary>
    public static async Task SeenAsync(
        this TestServer server,
        string project,
        string stage,
        string text = "",
        string? user = User
    )
    {
        await foreach (var (seen, data) in server.WatchAsync(project, user))
            if (seen == stage && data.GetProperty("message").GetString()!.Contains(text, StringComparison.Ordinal))
                return;
        throw new InvalidOperationException($"The compile ended without '{stage}: {text}'.");
    }
}
