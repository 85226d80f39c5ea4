namespace Verso.Rendering.Documents;

/// <summary>An option of a cell, or of all cells when the front matter has it.</summary>
/// <param name="Allowed">What it may hold, to end a sentence with.</param>
internal sealed record CellOption(string Name, string Allowed, Func<YamlMap, string, bool> IsSound)
{
    public const double MinInches = 0.1;
    public const double MaxInches = 100;

    public static readonly IReadOnlyList<CellOption> All =
    [
        .. ((string[])["eval", "include", "warning", "error"]).Select(Flag),
        .. ((string[])["label", "code-summary", "lst-label", "lst-cap", "filename", "fig-link"]).Select(Text),
        .. ((string[])["fig-cap", "fig-alt", "tbl-cap", "classes", "column", "tags"]).Select(Texts),
        .. ((string[])["fig-subcap", "tbl-subcap"]).Select(Texts),
        .. ((string[])["layout-ncol", "layout-nrow"]).Select(Count),
        .. ((string[])["layout", "tbl-colwidths"]).Select(Anything),
        OneOf("fig-align", "left", "center", "right", "default"),
        .. ((string[])["layout-align"]).Select(name => OneOf(name, "left", "center", "right", "default")),
        OneOf("layout-valign", "top", "center", "bottom", "default"),
        .. ((string[])["fig-cap-location", "tbl-cap-location", "cap-location"]).Select(name =>
            OneOf(name, "top", "bottom", "margin")
        ),
        OneOf("code-overflow", "scroll", "wrap"),
        .. ((string[])["out-width", "out-height", "code-line-numbers"]).Select(Text),
        FlagOr("echo", "fenced"),
        FlagOr("output", "asis"),
        FlagOr("code-fold", "show"),
        Inches("fig-width"),
        Inches("fig-height"),
    ];

    // Of no consequence for what comes out.
    private static readonly string[] Passed =
    [
        "id",
        "fig-env",
        "fig-pos",
        "fig-scap",
        "tbl-scap",
        "cache",
        "message",
        "results",
        "slideshow",
    ];

    public static bool IsKnown(string name) => Passed.Contains(name) || All.Any(option => option.Name == name);

    /// <summary>The line and the complaint for each option that holds what it may not.</summary>
    public static IEnumerable<(int Line, string Message)> Faults(YamlMap map) =>
        All.Where(option => map.Has(option.Name) && !option.IsSound(map, option.Name))
            .Select(option => (map.LineOf(option.Name), option.Fault(map)));

    /// <summary>A length in inches, when it is one that a figure can have.</summary>
    public static double? InchesOf(YamlMap map, string name) =>
        map.Number(name) is { } inches and >= MinInches and <= MaxInches ? inches : null;

    private string Fault(YamlMap map) =>
        map.Text(Name) is { } value
            ? $"The option '{Name}' is '{value}', which has no effect; it must be {Allowed}."
            : $"The option '{Name}' has no effect; it must be {Allowed}.";

    private static CellOption Flag(string name) => new(name, "true or false", (map, key) => map.Flag(key) is not null);

    private static CellOption FlagOr(string name, string word) =>
        new(name, $"true, false or {word}", (map, key) => map.Flag(key) is not null || map.Text(key) == word);

    private static CellOption Text(string name) => new(name, "one text", (map, key) => map.Text(key) is not null);

    private static CellOption Texts(string name) =>
        new(name, "one text, or a list of them", (map, key) => map.Texts(key).Count > 0);

    private static CellOption Anything(string name) => new(name, "a value", (map, key) => map.Written(key).Length > 0);

    private static CellOption Count(string name) =>
        new(
            name,
            "a whole number from 1",
            (map, key) => map.Number(key) is { } count and >= 1 and < 100 && count % 1 == 0
        );

    private static CellOption OneOf(string name, params string[] words) =>
        new(name, string.Join(", ", words[..^1]) + " or " + words[^1], (map, key) => words.Contains(map.Text(key)));

    private static CellOption Inches(string name) =>
        new(name, $"a number of inches from {MinInches} to {MaxInches}", (map, key) => InchesOf(map, key) is not null);
}
