using System.Text;
using Microsoft.AspNetCore.Http;

namespace Verso.Server.Client;

/// <summary>
/// Puts a script at the end of documents that the editor previews: it tells the editor where the reader is and goes there
/// again in the next one, which the editor cannot see itself, since documents have an origin of their own.
/// </summary>
internal sealed class PreviewScript(RequestDelegate next)
{
    private static readonly byte[] Tag = Encoding.UTF8.GetBytes("\n<script src=\"/preview.js\"></script>\n");

    public async Task InvokeAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (!request.Path.StartsWithSegments("/content") || !request.Query.ContainsKey("preview"))
        {
            await next(http);
            return;
        }
        // The whole document or nothing: a part, or "not modified", has no end to put it at.
        request.Headers.Remove("Range");
        request.Headers.Remove("If-None-Match");
        request.Headers.Remove("If-Modified-Since");
        response.OnStarting(() =>
        {
            if (IsDocument(response))
                response.ContentLength = null;
            return Task.CompletedTask;
        });
        await next(http);
        if (IsDocument(response))
            await response.Body.WriteAsync(Tag, http.RequestAborted);
    }

    private static bool IsDocument(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
}
