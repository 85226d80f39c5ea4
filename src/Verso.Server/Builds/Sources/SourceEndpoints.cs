using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Builds.Sources;

/// <summary>A project's files, for compile services that hold an address of <see cref="SourceAddress"/>.</summary>
internal static class SourceEndpoints
{
    // Short-circuited: the address itself is the permission, and nobody is signed in.
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/internal/files/{pass}/{hash}", ReadAsync).For(Need.Nobody).ShortCircuit().ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        string pass,
        string hash,
        SourceAddress addresses,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    ) =>
        addresses.Open(pass) is { } project
        && await context.ProjectFiles.AnyAsync(
            file => file.ProjectId == project && file.BlobHash == hash,
            cancellationToken
        )
            ? TypedResults.File(blobs.Open(hash), "application/octet-stream")
            : Problems.NotFound("There is no such file, or the address is too old.");
}
