using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

/// <summary>A file of the project, by its text, or by where it is to be had.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="FallbackUrl">Asked when the first cannot be had.</param>
/// <param name="Modified">Together with the URL it names the content: with the same one it is not downloaded again.</param>
/// <param name="Hash">SHA-256 of the content, where the client knows it.</param>
public sealed record Resource(
    [property: JsonRequired] string Path,
    string? Content = null,
    string? Url = null,
    [property: JsonPropertyName("fallbackURL")] string? FallbackUrl = null,
    [property: JsonConverter(typeof(TextOrNumberConverter))] string? Modified = null,
    string? Hash = null
)
{
    /// <summary>A file of this machine that holds the content, for callers in the same process; its <see cref="Hash"/> must be given too.</summary>
    [JsonIgnore]
    public string? LocalPath { get; init; }
}
