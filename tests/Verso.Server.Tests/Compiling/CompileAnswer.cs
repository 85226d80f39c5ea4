using System.Net;
using System.Text.Json;

namespace Verso.Server.Tests.Compiling;

/// <summary>What the service answered.</summary>
internal sealed record CompileAnswer(HttpStatusCode Code, JsonElement Compile, TimeSpan? RetryAfter)
{
    public string Status => Compile.GetProperty("status").GetString()!;

    public string Error => Compile.GetProperty("error").GetString() ?? "";

    public string BuildId => Compile.GetProperty("buildId").GetString()!;

    public IEnumerable<string> Outputs =>
        Compile.GetProperty("outputFiles").EnumerateArray().Select(file => file.GetProperty("path").GetString()!);

    public JsonElement Environment => Compile.GetProperty("environment");

    public IEnumerable<(string Level, string Message)> Entries =>
        Compile
            .GetProperty("logEntries")
            .EnumerateArray()
            .Select(entry => (entry.GetProperty("level").GetString()!, entry.GetProperty("message").GetString()!));

    public string Url(string path) =>
        Compile
            .GetProperty("outputFiles")
            .EnumerateArray()
            .Single(file => file.GetProperty("path").GetString() == path)
            .GetProperty("url")
            .GetString()!;

    public static async Task<CompileAnswer> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new CompileAnswer(
            answer.StatusCode,
            JsonDocument.Parse(text).RootElement.GetProperty("compile"),
            answer.Headers.RetryAfter?.Delta
        );
    }

    /// <summary>The text of an output of a compile that came to one.</summary>
    public Task<string> ReadAsync(TestServer server, string path) =>
        server.Client.GetStringAsync(Url(path), TestContext.Current.CancellationToken);

    public CompileAnswer ShouldBe(string status, HttpStatusCode code = HttpStatusCode.OK)
    {
        Status.ShouldBe(status, Compile.ToString());
        Code.ShouldBe(code);
        return this;
    }
}
