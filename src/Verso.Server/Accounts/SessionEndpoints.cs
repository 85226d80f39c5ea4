using Microsoft.AspNetCore.Antiforgery;
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

/// <summary>Signing in and out, registering, and setting a password by a link.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/session", WhoAsync).For(Need.Nobody);
        app.MapPost("/api/session", SignInAsync).For(Need.Nobody).RequireRateLimiting(WebFeature.SignInLimit);
        app.MapDelete("/api/session", SignOutAsync).For(Need.Session);
        app.MapPost("/api/registration", RegisterAsync).For(Need.Nobody).RequireRateLimiting(WebFeature.SignInLimit);
        app.MapPost("/api/password-reset", ResetAsync).For(Need.Nobody).RequireRateLimiting(WebFeature.SignInLimit);
    }

    internal sealed record Session(AccountEndpoints.Person? Account, string AntiforgeryToken, bool OpenRegistration);

    internal sealed record Credentials(string UserName, string Password, bool Remember = false);

    internal sealed record Registration(string UserName, string Email, string Password);

    internal sealed record Reset(string Account, string Token, string Password);

    private static async Task<Ok<Session>> WhoAsync(
        HttpContext http,
        Caller caller,
        IAntiforgery antiforgery,
        WorkspaceContext context,
        AccountsOptions options,
        CancellationToken cancellationToken
    )
    {
        var account = await context.Users.FirstOrDefaultAsync(a => a.Id == caller.AccountId, cancellationToken);
        return TypedResults.Ok(
            new Session(
                account is null ? null : AccountEndpoints.Person.Of(account),
                antiforgery.GetAndStoreTokens(http).RequestToken!,
                options.OpenRegistration
            )
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignInAsync(
        Credentials credentials,
        SignInManager<Account> signIn,
        AccountWork work
    )
    {
        const string Wrong =
            "The name or the password is wrong. After five wrong passwords an account takes none for five minutes.";
        var account = await work.FindAsync(credentials.UserName);
        if (account?.PasswordHash is null || await signIn.UserManager.IsLockedOutAsync(account))
        {
            // Takes as long as a wrong password and says the same, so that names cannot be found out.
            signIn.UserManager.PasswordHasher.HashPassword(new Account(), credentials.Password);
            return Problems.Of(401, Wrong);
        }
        var result = await signIn.PasswordSignInAsync(
            account,
            credentials.Password,
            credentials.Remember,
            lockoutOnFailure: true
        );
        return result.Succeeded ? TypedResults.NoContent() : Problems.Of(401, Wrong);
    }

    private static async Task<NoContent> SignOutAsync(SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RegisterAsync(
        Registration registration,
        Caller caller,
        AccountsOptions options,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (!options.OpenRegistration)
            return Problems.Forbidden("Accounts are made by an administrator here.");
        var (_, fault) = await work.AddAsync(
            registration.UserName,
            registration.Email,
            registration.Password,
            trusted: false
        );
        if (fault is not null)
            return Problems.Invalid(fault);
        audit.Add(caller, "account.registered", detail: registration.UserName);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        Reset reset,
        Caller caller,
        AccountWork work,
        AuditLog audit,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        if (await work.ResetAsync(reset.Account, reset.Token, reset.Password) is { } fault)
            return Problems.Invalid(fault);
        audit.Add(caller, "account.password-reset", detail: reset.Account);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
