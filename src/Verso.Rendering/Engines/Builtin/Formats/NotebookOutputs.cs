using System.Text.Json.Nodes;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>What a cell showed, as nbformat has it.</summary>
internal static class NotebookOutputs
{
    public static JsonArray Of(IEnumerable<CellOutput> outputs)
    {
        var array = new JsonArray();
        foreach (var output in outputs)
            if (Of(output) is { } made)
                array.Add(made);
        return array;
    }

    /// <summary>A text in lines, each with its end.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var at = 0; at < text.Length; )
        {
            var end = text.IndexOf('\n', at) is var found && found < 0 ? text.Length : found + 1;
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }

    private static JsonObject? Of(CellOutput output) =>
        output switch
        {
            CellOutput.Stream stream => new JsonObject
            {
                ["output_type"] = "stream",
                ["name"] = stream.Name,
                ["text"] = Lines(stream.Text),
            },
            CellOutput.Error { Details: var error } => new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = error.Type,
                ["evalue"] = error.Value,
                ["traceback"] = new JsonArray([.. error.Traceback.Split('\n').Select(line => JsonValue.Create(line))]),
            },
            CellOutput.Display display => new JsonObject
            {
                ["output_type"] = "display_data",
                ["metadata"] = Metadata(display),
                ["data"] = Data(display),
            },
            _ => null,
        };

    private static JsonObject Data(CellOutput.Display display)
    {
        var data = new JsonObject();
        foreach (var (type, text) in display.Data)
            data[type] = type.StartsWith("image/") && type != ImageType.Svg.MimeType ? text : Lines(text);
        return data;
    }

    private static JsonObject Metadata(CellOutput.Display display)
    {
        var metadata = new JsonObject();
        if (display.Width is { } width && display.Data.ContainsKey(ImageType.Png.MimeType))
            metadata[ImageType.Png.MimeType] = new JsonObject { ["width"] = width };
        return metadata;
    }
}
