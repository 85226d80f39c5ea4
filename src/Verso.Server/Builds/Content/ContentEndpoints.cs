using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Builds.Content;

/// <summary>Rendered content for who has a pass.</summary>
internal static class ContentEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/content/{pass}/{**path}", ServeAsync).For(Need.Nobody).ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ServeAsync(
        string pass,
        string path,
        HttpContext http,
        ContentPasses passes,
        AccessRules access,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (
            passes.Read(pass) is not { } allowed
            || await access.OfAsync(allowed.Viewer, allowed.Project, cancellationToken)
                is not { MayRead: true, Project.DeletedAt: null }
        )
            return Problems.NotFound("This address has expired; open the document again.");
        return await context.BuildFiles.FindAsync([allowed.Build, path], cancellationToken) is { } file
            ? UntrustedContent.Of(file, "private, max-age=600", http, blobs)
            : Problems.NotFound("There is no such file in this build.");
    }
}
