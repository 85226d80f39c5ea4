using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Auditing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Accounts;

/// <summary>What people do with their own account.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/account", GetAsync).For(Need.SignedIn);
        app.MapPatch("/api/account", ChangeAsync).For(Need.Session);
        app.MapPut("/api/account/password", ChangePasswordAsync)
            .For(Need.Session)
            .RequireRateLimiting(WebFeature.SignInLimit);
        app.MapGet("/api/account/export", ExportAsync).For(Need.Session);
        app.MapPost("/api/account/delete", DeleteAsync).For(Need.Session).RequireRateLimiting(WebFeature.SignInLimit);
    }

    internal sealed record Person(
        string Id,
        string UserName,
        string Email,
        string DisplayName,
        bool IsAdministrator,
        bool MayInstall
    )
    {
        public static Person Of(Account account) =>
            new(
                account.Id,
                account.UserName!,
                account.Email!,
                account.DisplayName,
                account.IsAdministrator,
                account.MayInstall
            );
    }

    internal sealed record PersonChange(string DisplayName);

    internal sealed record PasswordChange(string Current, string New);

    internal sealed record Deletion(string Password);

    internal sealed record ExportedProject(string Id, string Name, string? Role);

    internal sealed record Export(
        Person Account,
        DateTimeOffset CreatedAt,
        IReadOnlyList<ExportedProject> Projects,
        IReadOnlyList<TokenEndpoints.Token> Tokens,
        IReadOnlyList<AuditEntry> Audit
    );

    private static async Task<Ok<Person>> GetAsync(
        Caller caller,
        WorkspaceContext context,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(Person.Of(await context.Users.SingleAsync(a => a.Id == caller.AccountId, cancellationToken)));

    private static async Task<Results<Ok<Person>, ProblemHttpResult>> ChangeAsync(
        PersonChange change,
        Caller caller,
        UserManager<Account> accounts
    )
    {
        if (change.DisplayName.Trim() is not { Length: > 0 and <= 100 } name || name.Any(char.IsControl))
            return Problems.Invalid("A name has 1 to 100 characters, none of them for control.");
        var account = (await accounts.FindByIdAsync(caller.AccountId!))!;
        account.DisplayName = name;
        var result = await accounts.UpdateAsync(account);
        return result.Succeeded ? TypedResults.Ok(Person.Of(account)) : Problems.Clash(AccountWork.Sentence(result));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        PasswordChange change,
        Caller caller,
        UserManager<Account> accounts,
        SignInManager<Account> signIn,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var account = (await accounts.FindByIdAsync(caller.AccountId!))!;
        var result = await accounts.ChangePasswordAsync(account, change.Current, change.New);
        if (!result.Succeeded)
            return Problems.Invalid(AccountWork.Sentence(result));
        audit.Add(caller, "account.password-changed");
        await context.SaveChangesAsync(cancellationToken);
        await signIn.RefreshSignInAsync(account);
        return TypedResults.NoContent();
    }

    // Contents of projects are downloaded project by project.
    private static async Task<Ok<Export>> ExportAsync(
        Caller caller,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var id = caller.AccountId!;
        var account = await context.Users.SingleAsync(a => a.Id == id, cancellationToken);
        var projects = await (
            from membership in context.Memberships
            join project in context.Projects on membership.ProjectId equals project.Id
            where membership.AccountId == id
            select new
            {
                project.Id,
                project.Name,
                Role = membership.Role ?? membership.LinkRole,
            }
        ).ToListAsync(cancellationToken);
        var tokens = await context.AccessTokens.Where(token => token.AccountId == id).ToListAsync(cancellationToken);
        var audit = await context.Audit.Where(entry => entry.AccountId == id).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new Export(
                Person.Of(account),
                account.CreatedAt,
                projects.ConvertAll(p => new ExportedProject(p.Id, p.Name, p.Role?.ToString().ToLowerInvariant())),
                tokens.ConvertAll(TokenEndpoints.Token.Of),
                audit
            )
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [FromBody] Deletion deletion,
        Caller caller,
        UserManager<Account> accounts,
        SignInManager<Account> signIn,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var account = (await accounts.FindByIdAsync(caller.AccountId!))!;
        var check = await signIn.CheckPasswordSignInAsync(account, deletion.Password, lockoutOnFailure: true);
        if (!check.Succeeded)
            return Problems.Forbidden("The password is wrong.");
        if (
            account.IsAdministrator
            && !await context.Users.AnyAsync(a => a.IsAdministrator && a.Id != account.Id, cancellationToken)
        )
            return Problems.Clash("You are the only administrator; make somebody else one first.");
        await signIn.SignOutAsync();
        audit.Add(caller, "account.deleted", detail: account.UserName!);
        await work.DeleteAsync(account, cancellationToken);
        return TypedResults.NoContent();
    }
}
