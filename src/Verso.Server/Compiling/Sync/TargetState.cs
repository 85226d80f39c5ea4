using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Sync;

/// <summary>What is known of a target's folder.</summary>
/// <param name="SyncState">The client's name for the files that are here; null while they are being changed.</param>
/// <param name="CacheKey">With whose gate and which environment what is cached in the folder was made.</param>
/// <param name="Files">The resources by path, as they were written.</param>
internal sealed record TargetState(string? SyncState, string? CacheKey, IReadOnlyDictionary<string, SyncedFile> Files)
{
    public static readonly TargetState Empty = new(null, null, new Dictionary<string, SyncedFile>());

    /// <returns>Null when there is none that can be read.</returns>
    public static TargetState? TryLoad(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, StateJson.Default.TargetState);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Save(string path)
    {
        var temporary = path + ".tmp"; // nobody else has the target
        using (var file = File.Create(temporary))
            JsonSerializer.Serialize(file, this, StateJson.Default.TargetState);
        File.Move(temporary, path, overwrite: true);
    }
}

/// <param name="Identity">Names the content (see <see cref="ResourceIdentity"/>).</param>
internal sealed record SyncedFile(string? Identity, FileStamp Stamp);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TargetState))]
internal sealed partial class StateJson : JsonSerializerContext;
