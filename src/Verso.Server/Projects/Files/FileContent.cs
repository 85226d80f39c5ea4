using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects.Files;

/// <summary>A file as it is served: never as something that a browser would run.</summary>
internal static class FileContent
{
    public static FileStreamHttpResult Of(ProjectFile file, HttpContext http, BlobStore blobs)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(
            blobs.Open(file.BlobHash),
            file.IsText ? "text/plain; charset=utf-8" : "application/octet-stream",
            file.IsText ? null : Path.GetFileName(file.Path),
            entityTag: new EntityTagHeaderValue($"\"{file.BlobHash}\""),
            enableRangeProcessing: true
        );
    }
}
