namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>How cells are to draw their figures, in matplotlib's words, so that one run serves several formats.</summary>
internal static class FigureFormats
{
    private const string Sharp = "retina"; // twice as many pixels as are shown

    private static readonly string[] Known = [Sharp, "svg", "png", "jpeg"];

    public static IReadOnlyList<string> Of(IEnumerable<Rendition> renditions) =>
        [.. renditions.SelectMany(Of).Distinct().Order(StringComparer.Ordinal)];

    // Where vectors cannot be shown, or may not be, a bitmap stands ready too.
    private static IEnumerable<string> Of(Rendition rendition) =>
        rendition.Settings.Text("fig-format") is { } asked && Known.Contains(asked)
            ? asked == "svg" && !rendition.Format.ShowsHtml
                ? [Sharp]
                : [asked]
            : [Sharp];
}
