using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Verso.Environments.Tests.Gateway;

/// <summary>A PEP 691 index on loopback that says and does what a test wants, and remembers what it was asked.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    public const string Json = "application/vnd.pypi.simple.v1+json";

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<string, JsonArray> _pages = new();
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private TestIndex _index = null!;

    /// <summary>Every request, and the credentials that came with it.</summary>
    public ConcurrentQueue<(string Path, string Authorization)> Requests { get; } = [];

    /// <summary>Awaited before each answer.</summary>
    public Func<string, Task>? Intercept { get; set; }

    public string Url => _index.Url.ToString();

    public string Authority => _index.Url.Authority;

    public static async Task<FakeUpstream> StartAsync()
    {
        var upstream = new FakeUpstream();
        upstream._index = await TestIndex.StartAsync(upstream._directory.Path);
        upstream._index.Intercept = upstream.AnswerAsync;
        return upstream;
    }

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Puts a wheel on its project's page, changed as the test wants, and serves it.</summary>
    public byte[] Add(string name, string version, Action<JsonObject>? change = null)
    {
        var wheel = new TestWheel(name, version);
        var content = wheel.ToBytes();
        AddFile(name, wheel.FileName, content, change);
        return content;
    }

    public void AddFile(string project, string fileName, byte[] content, Action<JsonObject>? change = null)
    {
        var file = new JsonObject
        {
            ["filename"] = fileName,
            ["url"] = $"/files/{Uri.EscapeDataString(fileName)}",
            ["hashes"] = new JsonObject { ["sha256"] = Hash(content) },
        };
        change?.Invoke(file);
        var page = _pages.GetOrAdd(project, _ => []);
        page.Add(file);
        Answer($"/files/{fileName}", context => context.Response.Body.WriteAsync(content).AsTask());
    }

    public void Answer(string path, RequestDelegate answer) => _answers[path] = answer;

    public void AnswerStatus(string path, int statusCode) =>
        Answer(
            path,
            context =>
            {
                context.Response.StatusCode = statusCode;
                return Task.CompletedTask;
            }
        );

    public void AnswerPage(string project, string text, string contentType = "text/html") =>
        Answer(
            $"/simple/{project}/",
            context =>
            {
                context.Response.ContentType = contentType;
                return context.Response.WriteAsync(text);
            }
        );

    public int Count(string path) => Requests.Count(request => request.Path == path);

    /// <summary>Never goes on, while the clock does.</summary>
    public static async Task HangAsync(HttpContext context, ManualTime time)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>Writes until nobody listens any more.</summary>
    public static async Task WriteEndlesslyAsync(HttpContext context)
    {
        var piece = new byte[64 << 10];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<bool> AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.Enqueue((path, context.Request.Headers.Authorization.ToString()));
        if (Intercept is { } intercept)
            await intercept(path);
        if (_answers.TryGetValue(path, out var answer))
        {
            try
            {
                await answer(context);
            }
            catch (OperationCanceledException)
            {
                // The gateway has had enough.
            }
            return true;
        }
        var project = path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["simple", var name] ? name : "";
        if (!_pages.TryGetValue(project, out var files))
            return false;
        context.Response.ContentType = Json;
        var page = new JsonObject
        {
            ["meta"] = new JsonObject { ["api-version"] = "1.1" },
            ["name"] = project,
            ["files"] = files.DeepClone(),
        };
        await context.Response.WriteAsync(page.ToJsonString());
        return true;
    }
}
