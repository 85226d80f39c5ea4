using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Makes what was printed for a terminal readable on paper.</summary>
internal static partial class TerminalText
{
    /// <summary>Without colours, and with only the last state of lines that were overwritten (progress bars).</summary>
    public static string Plain(string text)
    {
        var plain = EscapeSequence().Replace(text, "");
        return plain.Contains('\r') ? string.Join('\n', plain.Split('\n').Select(LastState)) : plain;
    }

    private static string LastState(string line)
    {
        var shown = line.TrimEnd('\r');
        return shown[(shown.LastIndexOf('\r') + 1)..];
    }

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex EscapeSequence();
}
