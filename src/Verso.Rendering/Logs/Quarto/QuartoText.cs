using System.Text;
using System.Text.Json;
using Verso.Rendering.Engines.Builtin;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>Brings the forms of Quarto's log (standard error, <c>--log-format plain</c> and <c>json-stream</c>) to one.</summary>
internal static class QuartoText
{
    public static string[] Lines(string log)
    {
        var text = log.TrimStart().StartsWith("{\"msg\":") ? Joined(log) : log;
        return TerminalText.Plain(text).Split('\n');
    }

    private static string Joined(string stream)
    {
        var text = new StringBuilder();
        foreach (var line in stream.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (TryRead(line) is var (message, level))
                text.Append(level is "WARN" or "ERROR" ? $"{level}: {message}\n" : message);
        return text.ToString();
    }

    private static (string Message, string Level)? TryRead(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return (
                json.RootElement.GetProperty("msg").GetString() ?? "",
                json.RootElement.GetProperty("levelName").GetString() ?? ""
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // cut off, or not of the log
        }
    }
}
