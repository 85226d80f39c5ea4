using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Sharing;
using Verso.Server.Web;

namespace Verso.Server.Python.Completion;

internal static class PackageNamesEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/projects/{project}/python/packages", FindAsync).For(Need.Read);

    private static async Task<Ok<IReadOnlyList<string>>> FindAsync(
        string query,
        ProjectAccess access,
        PackageNames names,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await names.FindAsync(query, access, cancellationToken));
}
