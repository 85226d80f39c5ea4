using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Auditing;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Accounts;

/// <summary>A person's access tokens. No token makes or removes another.</summary>
internal static class TokenEndpoints
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/account/tokens", ListAsync).For(Need.Session);
        app.MapPost("/api/account/tokens", CreateAsync).For(Need.Session);
        app.MapDelete("/api/account/tokens/{token}", RevokeAsync).For(Need.Session);
    }

    internal sealed record Token(
        string Id,
        string Name,
        IReadOnlyList<string> Scopes,
        DateTimeOffset CreatedAt,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset? LastUsedAt
    )
    {
        public static Token Of(AccessToken token) =>
            new(
                token.Id,
                token.Name,
                token.Scopes.ToString().ToLowerInvariant().Split(", "),
                token.CreatedAt,
                token.ExpiresAt,
                token.LastUsedAt
            );
    }

    /// <param name="Days">After how many days it works no more; null for never.</param>
    internal sealed record NewToken(string Name, IReadOnlyList<string> Scopes, int? Days = null);

    /// <param name="Secret">Shown this once.</param>
    internal sealed record CreatedToken(Token Token, string Secret);

    private static async Task<Ok<List<Token>>> ListAsync(
        Caller caller,
        WorkspaceContext context,
        CancellationToken cancellationToken
    )
    {
        var tokens = await context
            .AccessTokens.Where(token => token.AccountId == caller.AccountId)
            .OrderBy(token => token.CreatedAt)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(tokens.ConvertAll(Token.Of));
    }

    private static async Task<Results<Ok<CreatedToken>, ProblemHttpResult>> CreateAsync(
        NewToken wanted,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Name.Trim() is not { Length: > 0 and <= 100 } name || name.Any(char.IsControl))
            return Problems.Invalid("A token has a name of 1 to 100 characters, none of them for control.");
        if (wanted.Days is < 1 or > 3650)
            return Problems.Invalid("A token works for 1 to 3650 days.");
        var scopes = TokenScopes.None;
        foreach (var text in wanted.Scopes)
        {
            if (text is not ("read" or "write" or "install" or "administer"))
                return Problems.Invalid($"There is no scope '{text}'; there are: read, write, install, administer.");
            scopes |= Enum.Parse<TokenScopes>(text, ignoreCase: true);
        }
        if (scopes == TokenScopes.None)
            return Problems.Invalid("A token needs a scope, such as read.");
        if (await context.AccessTokens.CountAsync(t => t.AccountId == caller.AccountId, cancellationToken) >= Most)
            return Problems.Invalid($"You have {Most} tokens; revoke one first.");
        var secret = Secret.Create("verso_");
        var token = new AccessToken
        {
            Id = NewId.Create(),
            AccountId = caller.AccountId!,
            Name = name,
            Hash = Secret.Hash(secret),
            Scopes = scopes,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = wanted.Days is { } days ? time.GetUtcNow().AddDays(days) : null,
        };
        context.Add(token);
        audit.Add(caller, "token.created", detail: name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(new CreatedToken(Token.Of(token), secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string token,
        Caller caller,
        WorkspaceContext context,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var found = await context.AccessTokens.FirstOrDefaultAsync(
            t => t.Id == token && t.AccountId == caller.AccountId,
            cancellationToken
        );
        if (found is null)
            return Problems.NotFound("There is no such token.");
        context.Remove(found);
        audit.Add(caller, "token.revoked", detail: found.Name);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
