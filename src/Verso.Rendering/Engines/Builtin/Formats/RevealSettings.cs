using System.Text.Json;
using System.Text.Json.Nodes;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>What reveal.js is told: its own defaults where Quarto's are the same, Quarto's where they differ.</summary>
internal static class RevealSettings
{
    private static readonly string[] Flags =
    [
        .. (string[])["controls", "progress", "history", "hash", "loop", "center", "overview", "touch", "rtl"],
        .. (string[])["shuffle", "fragments", "embedded", "pause", "auto-animate", "preview-links"],
    ];

    private static readonly string[] Numbers =
    [
        .. (string[])["width", "height", "margin", "min-scale", "max-scale", "auto-slide", "mouse-wheel"],
        "auto-animate-duration",
    ];

    private static readonly string[] Words =
    [
        .. (string[])["transition", "transition-speed", "background-transition", "navigation-mode", "controls-layout"],
        .. (string[])["controls-back-arrows", "show-slide-number", "auto-animate-easing"],
    ];

    /// <returns>A JavaScript object that can stand in a script of a page.</returns>
    public static string Of(DocumentSettings settings, bool hasNotes)
    {
        var reveal = new JsonObject
        {
            ["width"] = 1050,
            ["height"] = 700,
            ["margin"] = 0.1,
            ["center"] = false,
            ["hash"] = true,
            ["transition"] = "none",
            ["backgroundTransition"] = "none",
            ["navigationMode"] = "linear",
            ["controlsTutorial"] = false,
            ["pdfSeparateFragments"] = false,
            ["pdfMaxPagesPerSlide"] = 1,
        };
        foreach (var key in Flags)
            if (settings.Flag(key) is { } flag)
                reveal[Name(key)] = flag;
        foreach (var key in Numbers)
            if (settings.Number(key) is { } number)
                reveal[Name(key)] = number;
        foreach (var key in Words)
            if (settings.Text(key) is { } word)
                reveal[Name(key)] = word;
        if (settings.Has("slide-number"))
            reveal["slideNumber"] = settings.Flag("slide-number") is { } shown
                ? shown
                    ? "c/t"
                    : false
                : settings.Text("slide-number");
        var plugins = hasNotes ? "[VersoDeck, RevealNotes]" : "[VersoDeck]";
        // The serializer escapes what could end the script.
        return $"{JsonSerializer.Serialize(reveal)[..^1]},\"plugins\":{plugins}}}";
    }

    // As JavaScript writes it.
    private static string Name(string key) =>
        string.Concat(key.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
