using Microsoft.Net.Http.Headers;

namespace Verso.Environments.Gateway;

/// <summary>The two forms of a page, and the names that a client has for them.</summary>
internal sealed record PageFormat(string ContentType, bool IsJson)
{
    private static readonly PageFormat Json = new("application/vnd.pypi.simple.v1+json", IsJson: true);
    private static readonly PageFormat SimpleHtml = new("application/vnd.pypi.simple.v1+html", IsJson: false);
    private static readonly PageFormat Html = new("text/html; charset=utf-8", IsJson: false);

    /// <returns>What the client likes best of what there is; null when it likes none.</returns>
    public static PageFormat? Choose(IList<MediaTypeHeaderValue> accepted) =>
        accepted.Count == 0
            ? Html
            : accepted
                .Where(type => type.Quality != 0)
                .OrderByDescending(type => type.Quality ?? 1)
                .Select(type => Find(type.MediaType.ToString()))
                .FirstOrDefault(format => format is not null);

    private static PageFormat? Find(string mediaType) =>
        mediaType.ToLowerInvariant() switch
        {
            "application/vnd.pypi.simple.v1+json" or "application/vnd.pypi.simple.latest+json" => Json,
            "application/vnd.pypi.simple.v1+html" or "application/vnd.pypi.simple.latest+html" => SimpleHtml,
            "text/html" or "text/*" or "*/*" => Html,
            "application/*" => Json,
            _ => null,
        };
}
