using System.Text.Json;
using Verso.Rendering.Tests.Logs.Quarto;

namespace Verso.Rendering.Tests.Engines.Quarto;

/// <summary>What the stand-in does, and how it was called.</summary>
internal static class StandInCase
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="folder">That Quarto is started in, relative to the project.</param>
    public static void StandIn(
        this Project project,
        Dictionary<string, string>? files = null,
        string? stderr = null,
        int exitCode = 0,
        string[]? remove = null,
        string? python = null,
        string? log = null,
        string folder = ""
    ) =>
        project.Write(
            Path.Combine(folder, "stand-in.json"),
            JsonSerializer.Serialize(
                new
                {
                    files,
                    stderr,
                    exitCode,
                    remove,
                    python,
                    log,
                },
                Json
            )
        );

    /// <summary>The log of a document that was rendered well.</summary>
    public static string Success(string output = "report.html") =>
        RecordedLog.Read("success.stderr.txt").Replace("success.html", output).Replace("success", "report");

    public static StandInCall Called(this Project project, string folder = "") =>
        JsonSerializer.Deserialize<StandInCall>(
            File.ReadAllText(project.PathOf(Path.Combine(folder, "called.json"))),
            Json
        )!;
}
