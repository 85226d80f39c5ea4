using System.Net;

namespace Verso.Testing;

/// <summary>The two kinds of page of a simple index.</summary>
internal static class IndexPage
{
    public static string OfProjects(IEnumerable<string> projects) =>
        Page("Simple index", projects.Select(project => Link($"{project}/", project)));

    public static string OfFiles(string project, string filesPath, IEnumerable<Distribution> files) =>
        Page($"Links for {project}", files.Select(file => OfFile(filesPath, file)));

    private static string OfFile(string filesPath, Distribution file)
    {
        var address = $"{filesPath}{Uri.EscapeDataString(file.Name)}#sha256={file.Sha256()}";
        var requiresPython = file.RequiresPython();
        return requiresPython is null
            ? Link(address, file.Name)
            : Link(address, file.Name, $" data-requires-python=\"{WebUtility.HtmlEncode(requiresPython)}\"");
    }

    private static string Link(string address, string text, string attributes = "") =>
        $"<a href=\"{WebUtility.HtmlEncode(address)}\"{attributes}>{WebUtility.HtmlEncode(text)}</a><br>";

    private static string Page(string title, IEnumerable<string> links) =>
        $"""
            <!DOCTYPE html>
            <html>
            <head><meta name="pypi:repository-version" content="1.0"><title>{WebUtility.HtmlEncode(
                title
            )}</title></head>
            <body>
            {string.Join('\n', links)}
            </body>
            </html>

            """;
}
