using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Verso.Environments.Gateway.Sources;

namespace Verso.Environments.Gateway;

/// <summary>
/// Pages as the gateway writes them (PEP 503 and 691). Addresses are relative, as it is not known here at which address
/// a build reaches the gateway.
/// </summary>
internal static class IndexPage
{
    public static string OfProjects(IEnumerable<string> projects, PageFormat format) =>
        format.IsJson
            ? new JsonObject
            {
                ["meta"] = Meta(),
                ["projects"] = new JsonArray([.. projects.Select(name => new JsonObject { ["name"] = name })]),
            }.ToJsonString()
            : Html("Packages", projects.Select(name => Link($"{name}/", "", name)));

    public static string OfFiles(string project, IEnumerable<IndexFile> files, BuildTicket ticket, PageFormat format) =>
        format.IsJson
            ? new JsonObject
            {
                ["meta"] = Meta(),
                ["name"] = project,
                ["files"] = new JsonArray([.. files.Select(file => JsonFile(file, ticket))]),
            }.ToJsonString()
            : Html(project, files.Select(file => HtmlFile(file, ticket)));

    private static JsonObject Meta() => new() { ["api-version"] = "1.0" };

    private static JsonObject JsonFile(IndexFile file, BuildTicket ticket)
    {
        var json = new JsonObject
        {
            ["filename"] = file.Name.FileName,
            ["url"] = Address(file),
            ["hashes"] = ticket.Resolves ? [] : new JsonObject { ["sha256"] = file.Sha256 },
        };
        if (file.RequiresPython is { } requiresPython)
            json["requires-python"] = requiresPython;
        if (file.Yanked is { } reason)
            json["yanked"] = reason.Length > 0 ? reason : true;
        return json;
    }

    private static string HtmlFile(IndexFile file, BuildTicket ticket)
    {
        var attributes = new StringBuilder();
        if (file.RequiresPython is { } requiresPython)
            attributes.Append(Attribute("data-requires-python", requiresPython));
        if (file.Yanked is { } reason)
            attributes.Append(Attribute("data-yanked", reason));
        var promise = ticket.Resolves ? "" : $"#sha256={file.Sha256}";
        return Link(Address(file) + promise, attributes.ToString(), file.Name.FileName);
    }

    private static string Address(IndexFile file) =>
        $"../../files/{file.Sha256}/{Uri.EscapeDataString(file.Name.FileName)}";

    private static string Attribute(string name, string value) => $" {name}=\"{HtmlEncoder.Default.Encode(value)}\"";

    private static string Link(string address, string attributes, string text) =>
        $"<a{Attribute("href", address)}{attributes}>{HtmlEncoder.Default.Encode(text)}</a><br>";

    private static string Html(string title, IEnumerable<string> links) =>
        $"""
            <!DOCTYPE html>
            <html>
            <head><meta name="pypi:repository-version" content="1.0"><title>{HtmlEncoder.Default.Encode(
                title
            )}</title></head>
            <body>
            {string.Join('\n', links)}
            </body>
            </html>

            """;
}
