using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Verso.Server.Client;

/// <summary>
/// The browser client, as it was built into a folder beside the program. Which files there are is found out once, so that
/// no path of a request is ever looked for on disk.
/// </summary>
internal sealed class ClientFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    // The pages of the client, which finds out from the address what to show.
    private static readonly string[] Pages = ["/", "/sign-in", "/register", "/reset", "/link", "/invitation"];

    private readonly RequestDelegate _next;
    private readonly FrozenDictionary<string, string> _files;

    public ClientFiles(RequestDelegate next, string directory)
    {
        _next = next;
        _files = Directory.Exists(directory)
            ? Directory
                .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .ToFrozenDictionary(file => "/" + Path.GetRelativePath(directory, file))
            : FrozenDictionary<string, string>.Empty;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        var path = PathOf(http.Request);
        if (path is null || !_files.TryGetValue(path, out var file))
        {
            await _next(http);
            return;
        }
        var headers = http.Response.Headers;
        // The build puts a hash of the content into these names.
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        headers.Vary = "Accept-Encoding";
        headers.ContentType = Types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        if (_files.TryGetValue(path + ".gz", out var compressed) && Takes(http.Request, "gzip"))
        {
            headers.ContentEncoding = "gzip";
            file = compressed;
        }
        headers.ContentLength = new FileInfo(file).Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await http.Response.SendFileAsync(file, http.RequestAborted);
    }

    private static string? PathOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return null;
        var path = request.Path.Value!;
        return Pages.Contains(path) || path.StartsWith("/project/", StringComparison.Ordinal) ? "/index.html" : path;
    }

    private static bool Takes(HttpRequest request, string encoding) =>
        request
            .Headers.AcceptEncoding.ToString()
            .Split(',', ';')
            .Any(part => part.Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase));
}
