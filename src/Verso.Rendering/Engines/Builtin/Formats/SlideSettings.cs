namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>What pandoc is told of slides, whichever program shows them.</summary>
internal static class SlideSettings
{
    public static IEnumerable<string> Arguments(Rendition rendition)
    {
        var settings = rendition.Settings;
        if (!settings.IsForSlides)
            return [];
        return
        [
            "--slide-level",
            $"{Math.Clamp((int)(settings.Number("slide-level") ?? 2), 0, 6)}",
            .. settings.Flag("incremental") == true ? (string[])["--incremental"] : [],
        ];
    }
}
