namespace Verso.Rendering.Documents;

/// <summary>An option of a cell, or of all cells when the front matter has it.</summary>
/// <param name="Allowed">What it may hold, to end a sentence with.</param>
internal sealed record CellOption(string Name, string Allowed, Func<YamlMap, string, bool> IsSound)
{
    public const double MinInches = 0.1;
    public const double MaxInches = 100;

    public static readonly IReadOnlyList<CellOption> All =
    [
        .. ((string[])["echo", "eval", "include", "warning", "error"]).Select(Flag),
        .. ((string[])["label", "fig-cap", "fig-alt", "tbl-cap", "code-summary"]).Select(Text),
        FlagOr("output", "asis"),
        FlagOr("code-fold", "show"),
        Inches("fig-width"),
        Inches("fig-height"),
    ];

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

    private static CellOption Inches(string name) =>
        new(name, $"a number of inches from {MinInches} to {MaxInches}", (map, key) => InchesOf(map, key) is not null);
}
