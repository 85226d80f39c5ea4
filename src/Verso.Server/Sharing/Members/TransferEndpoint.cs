using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Sharing.Members;

/// <summary>Handing a project over to one of its members.</summary>
internal static class TransferEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/projects/{project}/transfer", TransferAsync).For(Need.Own);

    internal sealed record Transfer(string Account);

    private static async Task<Results<NoContent, ProblemHttpResult>> TransferAsync(
        string project,
        Transfer transfer,
        Caller caller,
        ProjectLock locks,
        AccessRules access,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        await using var held = await locks.EnterAsync(project, cancellationToken);
        if (await access.OfAsync(caller, project, cancellationToken) is not { IsOwner: true })
            return MemberEndpoints.NotOwner();
        var members = context.Memberships.Where(m => m.ProjectId == project);
        if (transfer.Account == caller.AccountId)
            return Problems.Clash("The project is yours already.");
        // There is one owner at any moment, so the one goes first.
        await members
            .Where(m => m.AccountId == caller.AccountId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.Source, MembershipSource.Invitation).SetProperty(m => m.Role, Role.Editor),
                cancellationToken
            );
        var given = await members
            .Where(m => m.AccountId == transfer.Account)
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Source, MembershipSource.Owner).SetProperty(m => m.Role, Role.Owner),
                cancellationToken
            );
        if (given == 0)
            return MemberEndpoints.Missing();
        audit.Add(caller, "project.transferred", project, transfer.Account);
        await context.SaveChangesAsync(cancellationToken);
        await held.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
