using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Builds.Content;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.Server.Publishing;

/// <summary>Public pages, for everybody.</summary>
internal static class PublicEndpoints
{
    private const string Caching = "public, max-age=60";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/p/{slug}/{**path}", [HttpMethods.Get, HttpMethods.Head], ServeAsync)
            .For(Need.Nobody)
            .ExcludeFromDescription();

    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult, ProblemHttpResult>> ServeAsync(
        string slug,
        string? path,
        HttpContext http,
        WorkspaceContext context,
        BlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var found = await (
            from publication in context.Publications
            join project in context.Projects on publication.ProjectId equals project.Id
            join build in context.Builds on publication.BuildId equals build.Id
            where publication.Slug == slug && project.DeletedAt == null
            select new { build.Id, build.MainPath }
        ).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
            return Problems.NotFound("Nothing is published here.");
        // Relative addresses of the page need the '/'.
        if (string.IsNullOrEmpty(path) && !http.Request.Path.Value!.EndsWith('/'))
            return TypedResults.Redirect($"/p/{slug}/");
        var wanted =
            string.IsNullOrEmpty(path) ? found.MainPath!
            : path.EndsWith('/') ? path + "index.html"
            : path;
        return await context.BuildFiles.FindAsync([found.Id, wanted], cancellationToken) is { } file
            ? UntrustedContent.Of(file, Caching, http, blobs)
            : Problems.NotFound("There is no such page here.");
    }
}
