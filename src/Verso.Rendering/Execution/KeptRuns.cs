using System.Text.Json;
using System.Text.Json.Serialization;
using Verso.Environments;
using Verso.Rendering.Caching;
using Verso.Rendering.Engines;

namespace Verso.Rendering.Execution;

/// <summary>
/// What documents' cells came to. In the sandbox they see their project, their packages and what they are told, and
/// nothing else of the machine or a network: where all of that is the same again, nothing but the clock and chance could
/// make them show something else.
/// </summary>
internal sealed class KeptRuns(string directory, TimeProvider time)
{
    private const long MostBytes = 256 << 20;

    /// <returns>Names everything that the run can see; null for a project too large to be looked through.</returns>
    public static string? KeyOf(EngineRequest request, string input) =>
        ProjectFingerprint.Of(request.ProjectDirectory, request.Document) is not { } files
            ? null
            : CanonicalJson.Hash(
                new
                {
                    Cache = RenderCacheKey.Of(request),
                    request.PythonFingerprint,
                    request.Document.Directory,
                    files,
                    CellRunner.Script,
                    input,
                }
            );

    /// <returns>Null when there was no such run, or it is gone.</returns>
    public ExecutionResult? Find(string key)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(key), time.GetUtcNow().UtcDateTime);
            using var file = File.OpenRead(PathOf(key));
            return JsonSerializer.Deserialize(file, RunJson.Default.ExecutionResult);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Keep(string key, ExecutionResult run)
    {
        try
        {
            Directory.CreateDirectory(directory);
            OutputPlace.Replace(
                PathOf(key),
                temporary =>
                {
                    using var file = File.Create(temporary);
                    JsonSerializer.Serialize(file, run, RunJson.Default.ExecutionResult);
                }
            );
            Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It saves time and nothing else.
        }
    }

    private void Trim()
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(directory).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc))
            if ((bytes += file.Length) > MostBytes)
                file.Delete();
    }

    private string PathOf(string key) => Path.Combine(directory, $"{key}.json");
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ExecutionResult))]
internal sealed partial class RunJson : JsonSerializerContext;
