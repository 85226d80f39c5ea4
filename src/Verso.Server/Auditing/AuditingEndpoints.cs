using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Auditing;

internal static class AuditingEndpoints
{
    private const int Page = 200;

    public static void MapAuditing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/admin/audit", AllAsync).For(Need.Administrator);
        app.MapGet("/api/projects/{project}/audit", OfProjectAsync).For(Need.Own);
    }

    private static Task<Ok<List<AuditEntry>>> AllAsync(
        WorkspaceContext context,
        long? before,
        CancellationToken cancellationToken
    ) => PageAsync(context.Audit, before, cancellationToken);

    private static Task<Ok<List<AuditEntry>>> OfProjectAsync(
        string project,
        WorkspaceContext context,
        long? before,
        CancellationToken cancellationToken
    ) =>
        PageAsync(
            // Where people are is not the owner's affair.
            context
                .Audit.Where(entry => entry.ProjectId == project)
                .Select(entry => new AuditEntry
                {
                    Id = entry.Id,
                    At = entry.At,
                    AccountId = entry.AccountId,
                    ProjectId = entry.ProjectId,
                    Action = entry.Action,
                    Detail = entry.Detail,
                }),
            before,
            cancellationToken
        );

    // The latest first; the last one's id asks for those before it.
    private static async Task<Ok<List<AuditEntry>>> PageAsync(
        IQueryable<AuditEntry> entries,
        long? before,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await entries
                .Where(entry => before == null || entry.Id < before)
                .OrderByDescending(entry => entry.Id)
                .Take(Page)
                .AsNoTracking()
                .ToListAsync(cancellationToken)
        );
}
