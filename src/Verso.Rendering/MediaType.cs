namespace Verso.Rendering;

internal static class MediaType
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".css"] = "text/css",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".epub"] = "application/epub+zip",
        [".gif"] = "image/gif",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".ipynb"] = "application/x-ipynb+json",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".svg"] = "image/svg+xml",
        [".tex"] = "application/x-tex",
        [".txt"] = "text/plain",
        [".webp"] = "image/webp",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".xml"] = "application/xml",
    };

    public static string Of(string path) =>
        Types.GetValueOrDefault(Path.GetExtension(path)) ?? "application/octet-stream";
}
