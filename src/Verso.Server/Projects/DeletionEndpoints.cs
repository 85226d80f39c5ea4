using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Sharing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Projects;

/// <summary>Deleting a project, and having it back while <see cref="Housekeeping"/> has left it.</summary>
internal static class DeletionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapDelete("/api/projects/{project}", DeleteAsync).For(Need.Own);
        app.MapPost("/api/projects/{project}/undelete", UndeleteAsync).For(Need.OwnDeleted);
    }

    private static async Task<NoContent> DeleteAsync(
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        access.Project.DeletedAt = time.GetUtcNow();
        audit.Add(caller, "project.deleted", access.Project.Id, access.Project.Name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UndeleteAsync(
        ProjectAccess access,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        access.Project.DeletedAt = null;
        audit.Add(caller, "project.undeleted", access.Project.Id, access.Project.Name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
