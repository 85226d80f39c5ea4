using Microsoft.AspNetCore.Http;

namespace Verso.Server.Web;

/// <summary>
/// Where rendered documents have an origin of their own (<c>Web:ContentUrl</c>): that one serves them and nothing else, so
/// that there is nothing in it for them to reach; the workspace's own serves none of them.
/// </summary>
internal sealed class ContentOrigin(RequestDelegate next, WebOptions web)
{
    private readonly Uri _origin = new(web.ContentUrl);
    private readonly string _host = new HostString(new Uri(web.ContentUrl).Host).ToUriComponent();

    public Task InvokeAsync(HttpContext http)
    {
        var (request, path) = (http.Request, http.Request.Path);
        var isPage = path.StartsWithSegments("/p");
        var isBuild = path.StartsWithSegments("/content");
        if (IsContent(request.Host))
            return IsReading(request) && (isPage || isBuild || path == "/preview.js")
                ? next(http)
                : Problems.NotFound("Documents are served here, and nothing else.").ExecuteAsync(http);
        if (isBuild)
            return Problems.NotFound("Documents are served elsewhere; open the project again.").ExecuteAsync(http);
        if (!isPage)
            return next(http);
        http.Response.Redirect(
            $"{web.ContentUrl.TrimEnd('/')}{path.ToUriComponent()}{request.QueryString.ToUriComponent()}"
        );
        return Task.CompletedTask;
    }

    private bool IsContent(HostString host) =>
        string.Equals(host.Host, _host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? (_origin.Scheme == Uri.UriSchemeHttps ? 443 : 80)) == _origin.Port;

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
