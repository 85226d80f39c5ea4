namespace Verso.Rendering.Engines.Builtin.Formats;

internal sealed record ImageType(string MimeType, string Extension)
{
    public static readonly ImageType Svg = new("image/svg+xml", "svg");
    public static readonly ImageType Png = new("image/png", "png");
    public static readonly ImageType Jpeg = new("image/jpeg", "jpg");
    public static readonly ImageType Gif = new("image/gif", "gif");

    /// <summary>Best first, where every one can be shown.</summary>
    public static readonly IReadOnlyList<ImageType> ForScreens = [Svg, Png, Jpeg, Gif];

    /// <summary>Best first, where vectors need a bitmap in their place.</summary>
    public static readonly IReadOnlyList<ImageType> ForOffices = [Png, Jpeg, Gif, Svg];
}
