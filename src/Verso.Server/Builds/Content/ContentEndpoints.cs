using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Builds.Content;

/// <summary>What came out of builds, for whoever holds an address of <see cref="ContentAddress"/>.</summary>
internal static class ContentEndpoints
{
    // Short-circuited: nothing of signing in is run for it, so that no cookie is read, and none is renewed.
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/content/{pass}/{**path}", ["GET", "HEAD"], ReadAsync)
            .For(Need.Nobody)
            .ShortCircuit()
            .ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, ContentHttpResult>> ReadAsync(
        string pass,
        string path,
        HttpContext http,
        ContentAddress addresses,
        AccessRules access,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        if (addresses.Open(pass) is not var (buildId, viewer))
            return UntrustedContent.Missing(http, "This address is too old; open the project again.");
        var found = await (
            from file in context.BuildFiles
            join build in context.Builds on file.BuildId equals build.Id
            where build.Id == buildId && file.Path == path
            select new { file, build.ProjectId }
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
        if (
            found is null
            || await access.OfAsync(viewer, found.ProjectId, cancellationToken)
                is not { MayRead: true, Project.DeletedAt: null }
        )
            return UntrustedContent.Missing(http, "There is no such file; builds are kept for a while only.");
        // From another origin a link cannot ask for it by itself.
        if (http.Request.Query.ContainsKey("download"))
            http.Response.Headers.ContentDisposition = "attachment";
        return UntrustedContent.Of(http, found.file, blobs, "private, no-cache");
    }
}
