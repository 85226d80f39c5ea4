using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Mends what pandoc 2.17 and pandas write that those who hear a page, or go through it by keys, stumble over.</summary>
internal static partial class AccessibleHtml
{
    public static string Of(string html) =>
        LineAnchor()
            .Replace(html, "<a href=\"#$1\" aria-hidden=\"true\" tabindex=\"-1\"></a>")
            // Roles that were given up again.
            .Replace(" role=\"doc-endnote\"", "")
            .Replace(" role=\"doc-biblioentry\"", "")
            // The corner of a data frame heads nothing.
            .Replace("<th></th>", "<th role=\"presentation\"></th>");

    // Of numbered lines of code: the link is the number, which style puts there.
    [GeneratedRegex("""<a href="#(cb\d+-\d+)"></a>""")]
    private static partial Regex LineAnchor();
}
