using System.Text.RegularExpressions;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>
/// The sheets that a document names (<c>css</c>). Pandoc puts them into the page, but gives up altogether over what
/// stands on the web, such as fonts: that is left for whoever reads the page to fetch.
/// </summary>
internal sealed partial class OwnSheets(Rendition rendition, LibraryScripts aside)
{
    public IEnumerable<string> Arguments() => rendition.Settings.Texts("css").SelectMany(Arguments);

    private string[] Arguments(string sheet, int number)
    {
        if (!rendition.Embeds)
            return Linked(sheet);
        if (Remote().IsMatch(sheet))
            return Header(number, $"@import url(\"{Address(sheet)}\");");
        var path = Path.GetFullPath(Path.Combine(rendition.Document.Directory, sheet));
        return ProjectFile.TryRead(rendition.Request.ProjectDirectory, path) is { } css && Fetching().IsMatch(css)
            ? Header(number, EndOfStyle().Replace(css, "<\\/"))
            : Linked(sheet);
    }

    // Not by pandoc's own name: where none is left to link, the document's metadata would be asked instead.
    private static string[] Linked(string sheet) => [.. HtmlWriter.Variable("verso-css", sheet)];

    private string[] Header(int number, string css) =>
        [.. HtmlWriter.Variable("verso-sheets", aside.PutAside($"css{number}", $"<style>\n{css}\n</style>"))];

    private static string Address(string sheet) => sheet.Replace("\"", "%22").Replace("<", "%3C").Replace("\\", "%5C");

    [GeneratedRegex("^(?:https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();

    [GeneratedRegex(
        """(?:@import\s*["']|url\(\s*["']?)\s*(?:https?:)?//""",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Fetching();

    [GeneratedRegex("</(?=style)", RegexOptions.IgnoreCase)]
    private static partial Regex EndOfStyle();
}
