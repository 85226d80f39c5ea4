using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds.Content;

/// <summary>
/// What documents rendered to, shown by a browser: it may run scripts, but in an origin of its own, from where nothing of the
/// workspace can be reached.
/// </summary>
internal static class UntrustedContent
{
    private const string Policy =
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-forms";

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static FileStreamHttpResult Of(BuildFile file, string cacheControl, HttpContext http, BlobStore blobs)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.AccessControlAllowOrigin = "*";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Remove("Cross-Origin-Opener-Policy");
        headers.CacheControl = cacheControl;
        var type = Types.TryGetContentType(file.Path, out var known) ? known : "application/octet-stream";
        return TypedResults.File(
            blobs.Open(file.BlobHash),
            type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type,
            entityTag: new EntityTagHeaderValue($"\"{file.BlobHash}\""),
            enableRangeProcessing: true
        );
    }
}
