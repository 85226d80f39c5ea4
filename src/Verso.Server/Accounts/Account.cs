using Microsoft.AspNetCore.Identity;
using Verso.Server.Storage;

namespace Verso.Server.Accounts;

/// <summary>A person who can sign in.</summary>
public sealed class Account : IdentityUser
{
    public Account() => Id = NewId.Create();

    /// <summary>As others see the person.</summary>
    public string DisplayName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// Whether an administrator has seen the account: made by one, or allowed by one later. Without it nothing is ever
    /// installed for the person.
    /// </summary>
    public bool MayInstall { get; set; }

    public bool IsAdministrator { get; set; }
}
