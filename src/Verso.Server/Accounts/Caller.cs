using Microsoft.AspNetCore.Http;

namespace Verso.Server.Accounts;

/// <summary>Who a request comes from.</summary>
/// <param name="AccountId">Null for somebody who is not signed in.</param>
/// <param name="Scopes">What may be done in the person's name; less than all with a token.</param>
/// <param name="LinkToken">Of the share link that somebody who is not signed in came by.</param>
/// <param name="Address">Where the request comes from.</param>
public sealed record Caller(string? AccountId, TokenScopes Scopes, string? LinkToken, string Address)
{
    public const string LinkHeader = "Verso-Share-Link";

    public bool IsSignedIn => AccountId is not null;

    public bool May(TokenScopes scope) => Scopes.HasFlag(scope);

    /// <summary>Bound from the request by minimal APIs.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    public static Caller Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (context.User.Identity is not { IsAuthenticated: true })
            return new Caller(null, TokenScopes.All, context.Request.Headers[LinkHeader].FirstOrDefault(), address);
        var scopes = context.User.FindFirst(AccountClaims.Scopes) is { } claim
            ? (TokenScopes)int.Parse(claim.Value)
            : TokenScopes.All;
        return new Caller(context.User.FindFirst(AccountClaims.Id)!.Value, scopes, null, address);
    }
}
