using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Verso.Server.Accounts;

namespace Verso.Server.Builds.Content;

/// <summary>
/// Addresses at which one viewer sees one build for a while. They cannot be guessed, and say who the viewer is, so that no
/// cookie is needed and that whoever loses access loses them too.
/// </summary>
internal sealed class ContentPasses(IDataProtectionProvider protection, BuildsOptions options)
{
    private readonly ITimeLimitedDataProtector _protector = protection
        .CreateProtector("Verso.Builds.Content")
        .ToTimeLimitedDataProtector();

    internal sealed record Pass(string Build, string Project, string? Account, string? Link)
    {
        public Caller Viewer => new(Account, TokenScopes.Read, Link, "");
    }

    /// <returns>The beginning of the addresses of its outputs, with a '/' at its end.</returns>
    public string Issue(string build, string project, Caller viewer) =>
        $"/content/{_protector.Protect(
            JsonSerializer.Serialize(new Pass(build, project, viewer.AccountId, viewer.LinkToken)),
            options.ContentLifetime
        )}/";

    /// <returns>Null when it is none, or has expired.</returns>
    public Pass? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Pass>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
