using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Verso.Server.Storage;

namespace Verso.Server.Accounts;

/// <summary><c>Authorization: Bearer</c> with an access token.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    WorkspaceContext context,
    TimeProvider time
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "token";
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromMinutes(5);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var hash = Secret.Hash(header["Bearer ".Length..].Trim());
        var now = time.GetUtcNow();
        var token = await context
            .AccessTokens.AsNoTracking()
            .FirstOrDefaultAsync(token => token.Hash == hash, Context.RequestAborted);
        if (token is null || token.ExpiresAt <= now)
            return AuthenticateResult.Fail("No such token.");
        if (token.LastUsedAt is null || now - token.LastUsedAt > UseIsNoted)
            await context
                .AccessTokens.Where(t => t.Id == token.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), Context.RequestAborted);
        var identity = new ClaimsIdentity(
            [new(AccountClaims.Id, token.AccountId), new(AccountClaims.Scopes, ((int)token.Scopes).ToString())],
            Scheme
        );
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
