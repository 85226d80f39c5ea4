namespace Verso.Server.Projects;

/// <summary>Which files can be edited as text: by their names, and by what is in them.</summary>
internal static class TextFiles
{
    public const long MostBytes = 2 << 20;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".qmd",
        ".md",
        ".rmd",
        ".ipynb",
        ".vrf",
        ".txt",
        ".py",
        ".r",
        ".jl",
        ".js",
        ".ts",
        ".ojs",
        ".css",
        ".scss",
        ".html",
        ".htm",
        ".xml",
        ".svg",
        ".yml",
        ".yaml",
        ".toml",
        ".json",
        ".csv",
        ".tsv",
        ".bib",
        ".csl",
        ".tex",
        ".sty",
        ".cls",
        ".bst",
        ".lua",
        ".sh",
        ".sql",
        ".ini",
        ".cfg",
        ".log",
    };

    /// <param name="looksLikeText">It is UTF-8 without control characters.</param>
    public static bool Includes(string path, long size, bool looksLikeText) =>
        looksLikeText
        && size <= MostBytes
        && (Extensions.Contains(Path.GetExtension(path)) || (Path.GetExtension(path).Length == 0 && size > 0));
}
