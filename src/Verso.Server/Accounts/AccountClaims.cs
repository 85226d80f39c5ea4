using System.Security.Claims;

namespace Verso.Server.Accounts;

internal static class AccountClaims
{
    public const string Id = ClaimTypes.NameIdentifier;

    /// <summary>Only with a token.</summary>
    public const string Scopes = "verso:scopes";
}
