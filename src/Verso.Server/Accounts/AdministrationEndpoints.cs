using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Auditing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Accounts;

/// <summary>What administrators do with accounts. They see no project that is not shared with them.</summary>
internal static class AdministrationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/admin/accounts").For(Need.Administrator);
        accounts.MapGet("", ListAsync);
        accounts.MapPost("", AddAsync);
        accounts.MapPatch("{account}", ChangeAsync);
        accounts.MapPost("{account}/reset", ResetAsync);
        accounts.MapDelete("{account}", DeleteAsync);
    }

    internal sealed record NewAccount(string UserName, string Email, bool IsAdministrator = false);

    internal sealed record AccountChange(bool? MayInstall = null, bool? IsAdministrator = null);

    internal sealed record AddedAccount(AccountEndpoints.Person Account, string ResetUrl);

    internal sealed record ResetLink(string ResetUrl);

    private static async Task<Ok<List<AccountEndpoints.Person>>> ListAsync(
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var accounts = await context.Users.OrderBy(account => account.UserName).ToListAsync(cancellationToken);
        return TypedResults.Ok(accounts.ConvertAll(AccountEndpoints.Person.Of));
    }

    private static async Task<Results<Ok<AddedAccount>, ProblemHttpResult>> AddAsync(
        NewAccount wanted,
        Caller caller,
        HttpContext http,
        WebOptions web,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var (account, fault) = await work.AddAsync(
            wanted.UserName,
            wanted.Email,
            null,
            trusted: true,
            wanted.IsAdministrator
        );
        if (account is null)
            return Problems.Invalid(fault!);
        audit.Add(caller, "account.added", detail: account.UserName!);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(
            new AddedAccount(
                AccountEndpoints.Person.Of(account),
                PublicAddress.Of(web, http) + await work.ResetPathAsync(account)
            )
        );
    }

    private static async Task<Results<Ok<AccountEndpoints.Person>, ProblemHttpResult>> ChangeAsync(
        string account,
        AccountChange change,
        Caller caller,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (change.IsAdministrator == false && account == caller.AccountId)
            return Problems.Invalid("Nobody can take this from themselves; another administrator can.");
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (
            await work.ChangeAsync(account, change.MayInstall, change.IsAdministrator, cancellationToken)
            is not { } changed
        )
            return Missing();
        audit.Add(
            caller,
            "account.changed",
            detail: $"{changed.UserName}: may install {changed.MayInstall}, administrator {changed.IsAdministrator}"
        );
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(AccountEndpoints.Person.Of(changed));
    }

    private static async Task<Results<Ok<ResetLink>, ProblemHttpResult>> ResetAsync(
        string account,
        Caller caller,
        HttpContext http,
        WebOptions web,
        UserManager<Account> accounts,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindByIdAsync(account) is not { } found)
            return Missing();
        audit.Add(caller, "account.reset-link", detail: found.UserName!);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(new ResetLink(PublicAddress.Of(web, http) + await work.ResetPathAsync(found)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string account,
        Caller caller,
        UserManager<Account> accounts,
        AccountWork work,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (account == caller.AccountId)
            return Problems.Invalid("Delete your own account in its settings.");
        if (await accounts.FindByIdAsync(account) is not { } found)
            return Missing();
        audit.Add(caller, "account.deleted", detail: found.UserName!);
        await work.DeleteAsync(found, cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Missing() => Problems.NotFound("There is no such account.");
}
