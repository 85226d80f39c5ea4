using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Sheets and their margins, in the words of Quarto's formats for paper.</summary>
internal sealed partial class PaperSettings(Rendition rendition)
{
    private static readonly Dictionary<string, string> Sizes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a3"] = "A3",
        ["a4"] = "A4",
        ["a5"] = "A5",
        ["b4"] = "B4",
        ["b5"] = "B5",
        ["letter"] = "letter",
        ["us-letter"] = "letter",
        ["legal"] = "legal",
        ["ledger"] = "ledger",
    };

    private static readonly string[] Sides = ["top", "right", "bottom", "left"];

    /// <summary>The rules for sheets: size, margins, a running head from the second sheet on, the number below.</summary>
    public string Css()
    {
        var (settings, document) = (rendition.Settings, rendition.Document);
        var size = settings.Text("papersize") is { } paper ? Sizes.GetValueOrDefault(paper.Replace("paper", "")) : null;
        var geometry = settings
            .Texts("geometry")
            .SelectMany(text => text.Split(','))
            .Select(text => text.Trim())
            .ToList();
        var margins = new Dictionary<string, string>
        {
            ["top"] = "24mm",
            ["right"] = "22mm",
            ["bottom"] = "24mm",
            ["left"] = "22mm",
        };
        if (Length(geometry, "margin") is { } all)
            foreach (var side in Sides)
                margins[side] = all;
        foreach (var side in Sides)
            if (Given(side, geometry) is { } length)
                margins[side] = length;
        var title = Quoted(document.FrontMatter.Text("title") ?? "");
        var landscape = geometry.Contains("landscape") ? " landscape" : "";
        return $$"""
            @page {
              size: {{size ?? "A4"}}{{landscape}};
              margin: {{string.Join(' ', Sides.Select(side => margins[side]))}};
              @top-left { content: {{title}}; }
              @bottom-center { content: counter(page); }
            }
            @page :first { @top-left { content: none; } }

            """;
    }

    // margin: {x: …, y: …, top: …}, margin-top: …, geometry: [top=…].
    private string? Given(string side, IReadOnlyList<string> geometry) =>
        Length(geometry, side)
        ?? Sound(rendition.Settings.Text($"margin-{side}"))
        ?? Sound(rendition.Settings.Map("margin")?.Text(side))
        ?? Sound(rendition.Settings.Map("margin")?.Text(side is "left" or "right" ? "x" : "y"));

    private static string? Length(IEnumerable<string> geometry, string key) =>
        Sound(
            geometry
                .Select(text => text.Split('=', 2))
                .LastOrDefault(pair => pair[0].Trim() == key && pair.Length == 2)
                ?[1]
        );

    private static string? Sound(string? length) => length is not null && CssLength().IsMatch(length) ? length : null;

    private static string Quoted(string text) =>
        $"\"{Markup().Replace(text, "").Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("<", "\\3c ").ReplaceLineEndings(" ")}\"";

    [GeneratedRegex(@"^\s*\d{1,4}(?:\.\d{1,4})?(?:mm|cm|in|pt|px|em|rem)\s*$")]
    private static partial Regex CssLength();

    // Emphasis and code of a title, which a running head shows as plain text.
    [GeneratedRegex(@"[*_`]")]
    private static partial Regex Markup();
}
