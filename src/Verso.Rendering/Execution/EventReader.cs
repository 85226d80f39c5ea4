using System.Text.Json;

namespace Verso.Rendering.Execution;

/// <summary>
/// Reads the parts of an event. What is missing or of the wrong kind is a <see cref="FormatException"/>,
/// <see cref="KeyNotFoundException"/> or <see cref="InvalidOperationException"/>, never a null.
/// </summary>
internal static class EventReader
{
    public static CellOutput? Output(JsonElement json) =>
        Text(json, "output_type") switch
        {
            "stream" => new CellOutput.Stream(Text(json, "name"), Text(json, "text")),
            "error" => new CellOutput.Error(Error(json)),
            "clear" => new CellOutput.Clear(),
            "display_data" or "execute_result" => Display(json),
            _ => null,
        };

    public static ExecutionError Error(JsonElement json) =>
        new(
            Text(json, "ename"),
            Text(json, "evalue"),
            OptionalText(json, "traceback") ?? "",
            json.TryGetProperty("frames", out var frames) ? [.. frames.EnumerateArray().Select(Frame)] : [],
            OptionalText(json, "module")
        );

    public static bool IsUpdate(JsonElement json) =>
        json.TryGetProperty("update", out var update) && update.ValueKind == JsonValueKind.True;

    public static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    public static string? OptionalText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static int? OptionalNumber(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static CellOutput.Display Display(JsonElement json)
    {
        var data = new Dictionary<string, string>();
        foreach (var entry in json.GetProperty("data").EnumerateObject())
            data[entry.Name] = entry.Value.GetString() ?? "";
        return new CellOutput.Display(
            data,
            OptionalNumber(json, "width"),
            OptionalText(json, "id"),
            OptionalText(json, "library")
        );
    }

    private static ExecutionFrame Frame(JsonElement json) =>
        new(json.GetProperty("cell").GetInt32(), json.GetProperty("line").GetInt32());
}
