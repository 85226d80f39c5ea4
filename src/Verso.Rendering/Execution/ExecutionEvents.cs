using System.Text.Json;

namespace Verso.Rendering.Execution;

/// <summary>
/// Gathers the events that the runner writes, one JSON object a line. The process that writes them runs the document's
/// code, so nothing about them is taken for granted: a line that makes no sense is passed over.
/// </summary>
internal sealed class ExecutionEvents(Action<int> cellStarted, Action<string>? printed = null)
{
    // Finding out that a line makes no sense takes our time, not the sandbox's.
    private const int MostSenseless = 1000;

    private readonly Dictionary<int, List<CellOutput>> _outputs = [];
    private readonly Dictionary<int, InlineValue> _inlines = [];
    private readonly Dictionary<string, string> _libraries = [];
    private int _senseless;

    public int? RunningCell { get; private set; }

    public int? RunningInline { get; private set; }

    /// <summary>Of what is running, or was last.</summary>
    public ExecutionError? LastError { get; private set; }

    public string? Unusable { get; private set; }

    public bool Done { get; private set; }

    public IReadOnlyDictionary<int, IReadOnlyList<CellOutput>> Outputs =>
        _outputs.ToDictionary(pair => pair.Key, IReadOnlyList<CellOutput> (pair) => pair.Value);

    public IReadOnlyDictionary<int, InlineValue> Inlines => _inlines;

    public IReadOnlyDictionary<string, string> Libraries => _libraries;

    public void Accept(string line)
    {
        if (_senseless > MostSenseless)
            return;
        try
        {
            using var json = JsonDocument.Parse(line);
            Accept(json.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            _senseless++; // not one of ours: the document's code can write to the pipe too
        }
    }

    private void Accept(JsonElement json)
    {
        switch (EventReader.Text(json, "event"))
        {
            case "started":
                (RunningCell, RunningInline) = (
                    EventReader.OptionalNumber(json, "cell"),
                    EventReader.OptionalNumber(json, "inline")
                );
                LastError = null;
                if (RunningCell is { } started)
                    cellStarted(started);
                break;
            case "output":
                AcceptOutput(json.GetProperty("cell").GetInt32(), json.GetProperty("output"));
                break;
            case "inline":
                AcceptInline(json.GetProperty("inline").GetInt32(), json);
                break;
            case "library":
                _libraries[EventReader.Text(json, "name")] = EventReader.Text(json, "script");
                break;
            case "unusable":
                Unusable = EventReader.Text(json, "reason");
                break;
            case "done":
                Done = true;
                break;
        }
    }

    private void AcceptInline(int index, JsonElement json)
    {
        if (json.TryGetProperty("error", out var error))
            LastError = EventReader.Error(error);
        else if (EventReader.OptionalText(json, "markdown") is { } markdown)
            _inlines[index] = new InlineValue(markdown, IsMarkdown: true);
        else
            _inlines[index] = new InlineValue(EventReader.Text(json, "text"), IsMarkdown: false);
    }

    private void AcceptOutput(int cell, JsonElement json)
    {
        if (!_outputs.TryGetValue(cell, out var outputs))
            _outputs[cell] = outputs = [];
        var output = EventReader.Output(json);
        if (output is CellOutput.Stream { Text: var text })
            printed?.Invoke(text);
        switch (output)
        {
            case CellOutput.Clear:
                outputs.Clear();
                break;
            case CellOutput.Stream next
                when outputs.LastOrDefault() is CellOutput.Stream last && last.Name == next.Name:
                outputs[^1] = last with { Text = last.Text + next.Text };
                break;
            case CellOutput.Display { Id: { } id } next when EventReader.IsUpdate(json):
                Replace(id, next);
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

    // Wherever it was first shown, perhaps by an earlier cell.
    private void Replace(string id, CellOutput.Display next)
    {
        foreach (var outputs in _outputs.Values)
            for (var i = 0; i < outputs.Count; i++)
                if (outputs[i] is CellOutput.Display display && display.Id == id)
                    outputs[i] = next;
    }
}
