using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin.Themes;

/// <summary>What a document says about its own look, in Quarto's words.</summary>
internal sealed partial class ThemeSettings(Rendition rendition)
{
    private static readonly string[] Own = ["default", "light", "dark", "none"];

    private readonly DocumentSettings _settings = rendition.Settings;

    /// <summary>Whether readers may switch between light and dark: the document names a look for each.</summary>
    public bool HasToggle =>
        _settings.Maps.Select(map => map.Map("theme")).FirstOrDefault(pair => pair is not null) is { } pair
        && pair.Has("light")
        && pair.Has("dark");

    /// <summary>Whether slides are to be dark, as some of reveal.js's own themes are.</summary>
    public bool IsDarkDeck =>
        Named().FirstOrDefault() is "dark" or "black" or "blood" or "dracula" or "league" or "moon" or "night";

    /// <summary>Light or dark alone; null for what the reader's system prefers.</summary>
    public string? Only => Named().FirstOrDefault() is ("light" or "dark") and var one && !HasToggle ? one : null;

    /// <summary>Whether the document is to have no look at all.</summary>
    public bool IsBare => Named().FirstOrDefault() == "none";

    /// <summary>Rules that go after the theme's own.</summary>
    public string Css()
    {
        var css = new StringBuilder();
        foreach (
            var (key, property) in (ReadOnlySpan<(string, string)>)
                [
                    ("mainfont", "--font-text"),
                    ("monofont", "--font-code"),
                    ("fontsize", "--size"),
                    ("linestretch", "--leading"),
                    ("linkcolor", "--accent"),
                    ("fontcolor", "--text"),
                    ("backgroundcolor", "--page"),
                    ("monobackgroundcolor", "--surface"),
                    ("max-width", "--measure"),
                ]
        )
            if (_settings.Text(key) is { } value && IsSafe(value))
                css.Append($"{property}:{Value(key, value)};");
        if (_settings.Map("grid")?.Text("body-width") is { } body && IsSafe(body))
            css.Append($"--measure:{body};");
        if (_settings.Map("grid")?.Text("margin-width") is { } margin && IsSafe(margin))
            css.Append($"--side:{margin};");
        return css.Length == 0 ? "" : $":root{{{css}}}";
    }

    /// <summary>Looks that are not to be had here.</summary>
    public IEnumerable<LogEntry> Warnings()
    {
        var strange = Named().Except(Own).ToList();
        if (strange.Count > 0)
            yield return new LogEntry(
                EntryLevel.Warning,
                $"The theme '{string.Join("', '", strange)}' is Quarto's; the builtin engine uses its own look (theme: default, light, dark or none).",
                File: rendition.File,
                Line: _settings.Maps.First(map => map.Has("theme")).LineOf("theme")
            );
    }

    private IEnumerable<string> Named() =>
        _settings.Maps.FirstOrDefault(map => map.Has("theme")) is not { } map ? []
        : map.Map("theme") is { } pair ? pair.Keys.SelectMany(pair.Texts)
        : map.Texts("theme");

    private static string Value(string key, string value) =>
        key switch
        {
            "mainfont" => $"{Quoted(value)},serif",
            "monofont" => $"{Quoted(value)},monospace",
            // LaTeX's way of saying it, which counts in points of paper.
            "fontsize" when value.EndsWith("pt") && Number(value[..^2]) is { } points =>
                $"{points / 11 * 1.0625:0.###}rem",
            _ => value,
        };

    private static string Quoted(string fonts) =>
        string.Join(',', fonts.Split(',').Select(font => $"\"{font.Trim().Trim('"', '\'')}\""));

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSafe(string value) => value.Length < 200 && !Breaking().IsMatch(value);

    // What could end the declaration that it stands in, or fetch something.
    [GeneratedRegex(@"[;{}<>\\\n]|/\*|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex Breaking();
}
