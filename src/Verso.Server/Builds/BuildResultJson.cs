using System.Text.Json;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Builds;

/// <summary>The compile service's answer as a <see cref="Build"/> keeps it: without its files, which are rows of their own.</summary>
internal static class BuildResultJson
{
    public static string Write(CompileResult result) =>
        JsonSerializer.Serialize(
            new CompileResultBody(
                result with
                {
                    OutputFiles = [],
                    Environment = result.Environment is { } environment ? environment with { Resolution = null } : null,
                }
            ),
            ClsiJson.Default.CompileResultBody
        );

    public static CompileResult Read(string json)
    {
        var result = JsonSerializer.Deserialize(json, ClsiJson.Default.CompileResultBody)!.Compile;
        // What was not written is null, whatever its type says.
        return result with
        {
            LogEntries = result.LogEntries ?? [],
            Timings = result.Timings ?? new Dictionary<string, double>(),
        };
    }
}
