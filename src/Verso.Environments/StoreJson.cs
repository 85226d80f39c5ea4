using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verso.Environments;

/// <summary>How the store's files are written and read.</summary>
internal static class StoreJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // What another version wrote, lacking something, is as good as absent.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <returns>The file's content, or null when it is absent or not what it should be (a crash, another layout).</returns>
    public static T? TryRead<T>(string path)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, Options);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write<T>(string path, T value) =>
        WholeFile.Write(path, file => JsonSerializer.Serialize(file, value, Options));
}
