using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Verso.Environments.Gateway.Sources;

/// <summary>
/// A project's page as PEP 503 has it. Only tokens are read: a tree of 64 MiB of hostile tags, each inside the last,
/// would be too deep to walk.
/// </summary>
internal static class HtmlPage
{
    public static IReadOnlyList<IndexFile> Read(
        Stream page,
        Uri address,
        string project,
        CancellationToken cancellationToken
    )
    {
        using var source = new TextSource(page, TextEncoding.Utf8);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        var files = new List<IndexFile>();
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (token is not HtmlTagToken { Type: HtmlTokenType.StartTag } tag || Value(tag, "href") is not { } href)
                continue;
            if (tag.Name == "base" && Uri.TryCreate(address, href, out var stated))
                address = stated;
            else if (tag.Name == "a" && Uri.TryCreate(address, href, out var target))
                if (ToIndexFile(tag, target, project) is { } file)
                    files.Add(file);
        }
        return files;
    }

    private static IndexFile? ToIndexFile(HtmlTagToken tag, Uri address, string project) =>
        DistributionName.TryParse(Uri.UnescapeDataString(address.Segments.LastOrDefault("")), project) is { } name
            ? new IndexFile(name, new FileOrigin.Remote(address))
            {
                Sha256 = Sha256(address.Fragment.TrimStart('#')),
                RequiresPython = Value(tag, "data-requires-python"),
                Yanked = Value(tag, "data-yanked"),
                MetadataSha256 =
                    Sha256(Value(tag, "data-core-metadata")) ?? Sha256(Value(tag, "data-dist-info-metadata")),
            }
            : null;

    // In a fragment other things may stand beside it, as in #egg=x&sha256=….
    private static string? Sha256(string? text) =>
        (text ?? "")
            .Split('&')
            .Where(part => part.StartsWith("sha256="))
            .Select(part => Gateway.Sha256.Normalize(part["sha256=".Length..]))
            .FirstOrDefault();

    private static string? Value(HtmlTagToken tag, string name)
    {
        foreach (var attribute in tag.Attributes)
            if (attribute.Name == name)
                return attribute.Value;
        return null;
    }
}
