using Microsoft.AspNetCore.Http;

namespace Verso.Server.Web;

internal static class PublicAddress
{
    /// <summary>The beginning of links that people are given, without a '/' at its end.</summary>
    public static string Of(WebOptions web, HttpContext http) =>
        web.PublicUrl.Length > 0 ? web.PublicUrl.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>The beginning of links to published pages.</summary>
    public static string OfPages(WebOptions web, HttpContext http) =>
        web.ContentUrl.Length > 0 ? web.ContentUrl.TrimEnd('/') : Of(web, http);
}
