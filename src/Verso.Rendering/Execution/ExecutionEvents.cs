using System.Text.Json;

namespace Verso.Rendering.Execution;

/// <summary>
/// Gathers the events that the runner writes, one JSON object a line. The process that writes them runs the document's
/// code, so nothing about them is taken for granted: a line that makes no sense is passed over.
/// </summary>
internal sealed class ExecutionEvents(Action<int> cellStarted)
{
    private readonly Dictionary<int, List<CellOutput>> _outputs = [];
    private readonly Dictionary<int, InlineValue> _inlines = [];

    public int? RunningCell { get; private set; }

    public int? FailedInline { get; private set; }

    public ExecutionError? LastError { get; private set; }

    public string? Unusable { get; private set; }

    public bool Done { get; private set; }

    public IReadOnlyDictionary<int, IReadOnlyList<CellOutput>> Outputs =>
        _outputs.ToDictionary(pair => pair.Key, IReadOnlyList<CellOutput> (pair) => pair.Value);

    public IReadOnlyDictionary<int, InlineValue> Inlines => _inlines;

    public void Accept(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            Accept(json.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Not one of ours: the document's code can write to the pipe too.
        }
    }

    private void Accept(JsonElement json)
    {
        switch (json.GetProperty("event").GetString())
        {
            case "started":
                RunningCell = json.GetProperty("cell").GetInt32();
                LastError = null;
                cellStarted(RunningCell.Value);
                break;
            case "output":
                AcceptOutput(json.GetProperty("cell").GetInt32(), json.GetProperty("output"));
                break;
            case "inline":
                AcceptInline(json.GetProperty("inline").GetInt32(), json);
                break;
            case "unusable":
                Unusable = json.GetProperty("reason").GetString();
                break;
            case "done":
                Done = true;
                break;
        }
    }

    private void AcceptInline(int index, JsonElement json)
    {
        RunningCell = null;
        if (json.TryGetProperty("error", out var error))
            (FailedInline, LastError) = (index, ReadError(error));
        else if (json.TryGetProperty("markdown", out var markdown))
            _inlines[index] = new InlineValue(markdown.GetString()!, IsMarkdown: true);
        else
            _inlines[index] = new InlineValue(json.GetProperty("text").GetString()!, IsMarkdown: false);
    }

    private void AcceptOutput(int cell, JsonElement json)
    {
        if (!_outputs.TryGetValue(cell, out var outputs))
            _outputs[cell] = outputs = [];
        switch (Read(json))
        {
            case CellOutput.Clear:
                outputs.Clear();
                break;
            case CellOutput.Stream next
                when outputs.LastOrDefault() is CellOutput.Stream last && last.Name == next.Name:
                outputs[^1] = last with { Text = last.Text + next.Text };
                break;
            case CellOutput.Error error:
                LastError = error.Details;
                outputs.Add(error);
                break;
            case { } other:
                outputs.Add(other);
                break;
        }
    }

    private static CellOutput? Read(JsonElement json) =>
        json.GetProperty("output_type").GetString() switch
        {
            "stream" => new CellOutput.Stream(
                json.GetProperty("name").GetString()!,
                json.GetProperty("text").GetString()!
            ),
            "error" => new CellOutput.Error(ReadError(json)),
            "clear" => new CellOutput.Clear(),
            "display_data" or "execute_result" => ReadDisplay(json),
            _ => null,
        };

    private static CellOutput.Display ReadDisplay(JsonElement json)
    {
        var data = json.GetProperty("data")
            .EnumerateObject()
            .Where(entry => entry.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        int? width =
            json.TryGetProperty("metadata", out var metadata)
            && metadata.TryGetProperty("image/png", out var png)
            && png.TryGetProperty("width", out var pixels)
                ? (int)pixels.GetDouble()
                : null;
        return new CellOutput.Display(data, width);
    }

    private static ExecutionError ReadError(JsonElement json) =>
        new(
            json.GetProperty("ename").GetString()!,
            json.GetProperty("evalue").GetString()!,
            json.TryGetProperty("traceback", out var lines)
                ? string.Join('\n', lines.EnumerateArray().Select(line => line.GetString()))
                : "",
            json.TryGetProperty("frames", out var frames)
                ?
                [
                    .. frames
                        .EnumerateArray()
                        .Select(frame => new ExecutionFrame(
                            frame.GetProperty("cell").GetInt32(),
                            frame.GetProperty("line").GetInt32()
                        )),
                ]
                : [],
            json.TryGetProperty("module", out var module) ? module.GetString() : null
        );
}
