using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Verso.Environments.Gateway.Http;

namespace Verso.Environments.Gateway.Sources;

/// <summary>A project's page as PEP 691 and 700 have it.</summary>
internal sealed record JsonPage
{
    public IReadOnlyList<JsonFile?>? Files { get; init; }

    /// <exception cref="GatewayException">It is no such page.</exception>
    public static IReadOnlyList<IndexFile> Read(Stream page, Uri address, string project)
    {
        try
        {
            var files = JsonSerializer.Deserialize<JsonPage>(page, StoreJson.Options)?.Files ?? [];
            return [.. files.Select(file => file?.ToIndexFile(address, project)).OfType<IndexFile>()];
        }
        catch (JsonException e)
        {
            throw new GatewayException(
                $"The package index at {UpstreamFault.Place(address)} answered with a page for {project} that is no PEP 691 JSON.",
                inner: e
            );
        }
    }

    internal sealed record JsonFile
    {
        public string? Filename { get; init; }

        public string? Url { get; init; }

        public JsonElement Hashes { get; init; }

        public JsonElement Size { get; init; }

        [JsonPropertyName("requires-python")]
        public JsonElement RequiresPython { get; init; }

        public JsonElement Yanked { get; init; }

        [JsonPropertyName("upload-time")]
        public JsonElement UploadTime { get; init; }

        [JsonPropertyName("core-metadata")]
        public JsonElement CoreMetadata { get; init; }

        [JsonPropertyName("dist-info-metadata")]
        public JsonElement DistInfoMetadata { get; init; }

        public IndexFile? ToIndexFile(Uri page, string project) =>
            DistributionName.TryParse(Filename ?? "", project) is { } name && Uri.TryCreate(page, Url, out var address)
                ? new IndexFile(name, new FileOrigin.Remote(address))
                {
                    Sha256 = Sha256(Hashes),
                    Bytes =
                        Size.ValueKind == JsonValueKind.Number && Size.TryGetInt64(out var size) && size > 0
                            ? size
                            : null,
                    RequiresPython = Text(RequiresPython),
                    Yanked = Yanked.ValueKind == JsonValueKind.True ? "" : Text(Yanked),
                    UploadTime = Time(UploadTime),
                    MetadataSha256 = Sha256(CoreMetadata) ?? Sha256(DistInfoMetadata),
                }
                : null;

        private static string? Text(JsonElement element) =>
            element.ValueKind == JsonValueKind.String ? element.GetString() : null;

        private static DateTimeOffset? Time(JsonElement element) =>
            DateTimeOffset.TryParse(
                Text(element),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time
                : null;

        private static string? Sha256(JsonElement hashes) =>
            hashes.ValueKind == JsonValueKind.Object && hashes.TryGetProperty("sha256", out var hash)
                ? Gateway.Sha256.Normalize(Text(hash))
                : null;
    }
}
