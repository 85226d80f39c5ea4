using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin.Themes;

/// <summary>The look of documents, put together of the sheets that a format needs.</summary>
internal static partial class Stylesheets
{
    private static readonly string[] OfText =
    [
        .. (string[])
            ["text", "callouts", "tabsets", "layout", "figures", "tables", "floats", "code", "annotations", "cells"],
        .. (string[])["mathematics", "notes"],
    ];

    public static readonly string Page = Join([
        "colours",
        "page",
        "title-block",
        "contents",
        .. OfText,
        "margin",
        "toggle",
        "narrow",
    ]);

    public static readonly string Print = Join(["print"]);

    public static readonly string Paper = Join(["paper"]);

    public static readonly string Slides = Join(["colours", .. OfText, "slides"]);

    // Readers of the sheets have use for the comments, readers of documents none.
    private static string Join(IEnumerable<string> names) =>
        Comment().Replace(string.Concat(names.Select(name => EmbeddedText.Read($"{name}.css"))), "");

    [GeneratedRegex(@"/\*.*?\*/\n?|(?<=\n)\n+", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
