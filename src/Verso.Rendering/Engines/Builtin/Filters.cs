using System.Globalization;
using Verso.Rendering.Engines.Builtin.Formats;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// The Lua filters that give Quarto's Markdown its meaning, one concern a file, and what pandoc is to be told of them.
/// What they say of the document's text is read by <see cref="Logs.PandocLog"/>.
/// </summary>
internal static class Filters
{
    private const string Folder = "Filters/";

    private static readonly string[] Sources = ["bibliography", "references"];
    private static readonly string[] InMargin = ["reference-location", "citation-location"];

    private static readonly (string Name, string Text)[] Files =
    [
        .. EmbeddedText.Names(Folder).Select(name => (name[Folder.Length..], EmbeddedText.Read(name))),
    ];

    /// <summary>Puts the filters into the work directory. References come before citations, whose keys look the same.</summary>
    public static IEnumerable<string> Arguments(Rendition rendition)
    {
        var folder = Directory.CreateDirectory(Path.Combine(rendition.WorkDirectory, "filters")).FullName;
        foreach (var (name, text) in Files)
            File.WriteAllText(Path.Combine(folder, name), text);
        var modified = File.GetLastWriteTime(rendition.Document.Path);
        return
        [
            .. (string[])["--metadata", $"verso-format={rendition.Format.Name}"],
            .. (string[])
                [
                    "--metadata",
                    $"verso-modified={modified.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}",
                ],
            .. (string[])["--lua-filter", Path.Combine(folder, "verso.lua")],
            .. Sources.Any(rendition.Settings.Has) ? (string[])["--citeproc"] : [],
            .. InMargin.Any(key => rendition.Settings.Text(key) == "margin") && rendition.Format.ShowsHtml
                ? (string[])["--lua-filter", Path.Combine(folder, "margin.lua")]
                : [],
            .. rendition.Settings.Text("reference-location") is "block" or "section" or "document"
                ? (string[])["--reference-location", rendition.Settings.Text("reference-location")!]
                : [],
        ];
    }
}
