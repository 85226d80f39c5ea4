using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds.Content;

/// <summary>
/// Serves what came out of documents. Their authors may be anybody, so a browser gives them an origin of their own that
/// is nobody's, wherever they are served.
/// </summary>
internal static class UntrustedContent
{
    // Never allow-same-origin: with it, a page's scripts would act as whoever looks at it.
    private const string Policy =
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-forms";

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static Results<FileStreamHttpResult, ContentHttpResult> Of(
        HttpContext http,
        BuildFile file,
        BlobStore blobs,
        string caching
    )
    {
        if (IsForOurPages(http.Request))
            return Missing(http, "The workspace's pages run nothing that people wrote.");
        SetHeaders(http);
        http.Response.Headers.CacheControl = caching;
        return TypedResults.File(
            blobs.Open(file.BlobHash),
            TypeOf(file.Path),
            entityTag: new EntityTagHeaderValue($"\"{file.BlobHash}\""),
            enableRangeProcessing: true
        );
    }

    public static ContentHttpResult Missing(HttpContext http, string sentence)
    {
        SetHeaders(http);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(sentence, statusCode: StatusCodes.Status404NotFound);
    }

    // Documents have no origin, so that none of theirs are asked for by the same one.
    private static bool IsForOurPages(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        && request.Headers["Sec-Fetch-Dest"].ToString()
            is "script"
                or "style"
                or "worker"
                or "sharedworker"
                or "serviceworker";

    private static void SetHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // To an origin that is nobody's, a page's own fonts and modules are another's.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Remove("Cross-Origin-Opener-Policy");
    }

    private static string TypeOf(string path) =>
        Path.GetExtension(path) == ".log" ? "text/plain; charset=utf-8"
        : !Types.TryGetContentType(path, out var type) ? "application/octet-stream"
        : type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8"
        : type;
}
