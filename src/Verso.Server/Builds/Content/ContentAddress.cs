using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Verso.Server.Accounts;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Web;

namespace Verso.Server.Builds.Content;

/// <summary>
/// Addresses at which a build is to be had without a cookie: sealed, for one viewer, for a while. They hold as long as
/// the viewer may read the project.
/// </summary>
internal sealed class ContentAddress(
    IDataProtectionProvider protection,
    BuildsOptions options,
    WebOptions web,
    TimeProvider time
)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Verso.Builds.Content.v1");

    /// <summary>The beginning of the addresses of a build's files, with a '/' at its end.</summary>
    public string Of(string buildId, Caller viewer) =>
        $"{web.ContentUrl.TrimEnd('/')}/content/{_protector.Protect(JsonSerializer.Serialize(new Ticket(buildId, viewer.AccountId, viewer.LinkToken, time.GetUtcNow() + options.ContentLifetime)))}/";

    public static string Of(string beginning, string path) => beginning + OutputFile.Escape(path);

    /// <returns>Null when the address is none of ours, or too old.</returns>
    public (string BuildId, Caller Viewer)? Open(string sealedTicket)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(sealedTicket))!;
            return ticket.Until > time.GetUtcNow()
                ? (ticket.Build, new Caller(ticket.Account, TokenScopes.Read, ticket.Link, Address: ""))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Ticket(string Build, string? Account, string? Link, DateTimeOffset Until);
}
