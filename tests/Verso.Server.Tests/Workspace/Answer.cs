using System.Net;
using System.Text;
using System.Text.Json;

namespace Verso.Server.Tests.Workspace;

/// <summary>What the workspace answered.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, ILookup<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The sentence for the person.</summary>
    public string Problem => Json.GetProperty("detail").GetString()!;

    public static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response
                .Headers.Concat(response.Content.Headers)
                .SelectMany(header => header.Value.Select(value => (header.Key, Value: value)))
                .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase)
        );

    public Answer ShouldBe(HttpStatusCode expected = HttpStatusCode.OK)
    {
        Status.ShouldBe(expected, Text);
        return this;
    }
}
