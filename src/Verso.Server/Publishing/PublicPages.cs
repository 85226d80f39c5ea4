using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Builds;
using Verso.Server.Builds.Content;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Publishing;

/// <summary>What is published, for everybody.</summary>
internal static class PublicPages
{
    private const string LogName = "output.log";

    // Kept by whoever likes, and asked for again each time: a page is never put together from two publishes.
    private const string Caching = "public, no-cache";

    // Short-circuited: with signing in, cookies would be renewed on answers that anybody may keep.
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/p/{slug}/{**path}", ["GET", "HEAD"], ReadAsync)
            .For(Need.Nobody)
            .ShortCircuit()
            .ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        string slug,
        string? path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var asked = http.Request.Path.Value!;
        // Without the '/' a page's relative addresses would lead elsewhere.
        if (string.IsNullOrEmpty(path) && !asked.EndsWith('/'))
            return TypedResults.Redirect($"/p/{Uri.EscapeDataString(slug)}/", permanent: true);
        var wanted = string.IsNullOrEmpty(path) || path.EndsWith('/') ? path + MainDocument.StartPage : path;
        var file =
            wanted == LogName // what was said while it was made is not for everybody
                ? null
                : await (
                    from publication in context.Publications
                    join project in context.Projects on publication.ProjectId equals project.Id
                    join found in context.BuildFiles on publication.BuildId equals found.BuildId
                    where publication.Slug == slug && project.DeletedAt == null && found.Path == wanted
                    select found
                )
                    .AsNoTracking()
                    .FirstOrDefaultAsync(cancellationToken);
        return file is null
            ? UntrustedContent.Missing(http, "There is no such page.")
            : UntrustedContent.Of(http, file, blobs, Caching);
    }
}
