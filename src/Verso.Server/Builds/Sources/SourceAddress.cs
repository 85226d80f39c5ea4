using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Verso.Server.Web;

namespace Verso.Server.Builds.Sources;

/// <summary>
/// Addresses at which compile services on other machines download a project's files: sealed, for that project, for a while.
/// Whoever has none gets nothing, so that these services need no account and no key of the workspace's.
/// </summary>
internal sealed class SourceAddress(IDataProtectionProvider protection, WebOptions web, TimeProvider time)
{
    // A compile waits for its turn before it downloads anything.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("Verso.Builds.Sources.v1");

    /// <summary>The beginning of the addresses, with a '/' at its end; a file's hash follows. Null where no other machine compiles.</summary>
    public string? Of(string projectId) =>
        web.InternalUrl.Length == 0
            ? null
            : $"{web.InternalUrl.TrimEnd('/')}/internal/files/{_protector.Protect(JsonSerializer.Serialize(new Ticket(projectId, time.GetUtcNow() + Lifetime)))}/";

    /// <returns>The project's id; null when the address is none of ours, or too old.</returns>
    public string? Open(string sealedTicket)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(sealedTicket))!;
            return ticket.Until > time.GetUtcNow() ? ticket.Project : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Ticket(string Project, DateTimeOffset Until);
}
