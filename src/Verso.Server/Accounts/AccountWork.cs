using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Accounts;

/// <summary>What the program's commands and the endpoints do with accounts alike.</summary>
public sealed class AccountWork(UserManager<Account> accounts, WorkspaceContext context, TimeProvider time)
{
    private const int MostOfName = 100;
    private const int MostOfEmail = 254;

    /// <param name="trusted">Made by an administrator: may install, and owns its address.</param>
    /// <param name="password">Null for an account whose person sets one by a reset link.</param>
    /// <returns>The account, or why there is none.</returns>
    public async Task<(Account? Account, string? Fault)> AddAsync(
        string userName,
        string email,
        string? password,
        bool trusted,
        bool administrator = false
    )
    {
        if (userName.Length > MostOfName)
            return (null, $"A user name has {MostOfName} characters at most.");
        if (email.Length > MostOfEmail || email.Any(char.IsControl))
            return (null, $"An address has {MostOfEmail} characters at most, none of them for control.");
        var account = new Account
        {
            UserName = userName,
            Email = email,
            DisplayName = userName,
            CreatedAt = time.GetUtcNow(),
            MayInstall = trusted,
            EmailConfirmed = trusted,
            IsAdministrator = administrator,
        };
        var result = password is null
            ? await accounts.CreateAsync(account)
            : await accounts.CreateAsync(account, password);
        return result.Succeeded ? (account, null) : (null, Sentence(result));
    }

    /// <summary>By user name, or by address, which has an '@'.</summary>
    public Task<Account?> FindAsync(string name) =>
        name.Contains('@') ? accounts.FindByEmailAsync(name) : accounts.FindByNameAsync(name);

    /// <summary>What goes behind the workspace's address, for the person to set a new password.</summary>
    public async Task<string> ResetPathAsync(Account account)
    {
        var token = WebEncoders.Base64UrlEncode(
            Encoding.UTF8.GetBytes(await accounts.GeneratePasswordResetTokenAsync(account))
        );
        return $"/reset?account={account.Id}&token={token}";
    }

    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> ResetAsync(string accountId, string token, string password)
    {
        const string Expired = "The link is wrong, used or expired; ask an administrator for another.";
        if (await accounts.FindByIdAsync(accountId) is not { } account)
            return Expired;
        string decoded;
        try
        {
            decoded = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return Expired;
        }
        var result = await accounts.ResetPasswordAsync(account, decoded, password);
        if (result.Succeeded)
            await accounts.SetLockoutEndDateAsync(account, null);
        return result.Succeeded ? null
            : result.Errors.Any(error => error.Code == "InvalidToken") ? Expired
            : Sentence(result);
    }

    /// <summary>
    /// Sets what is not null, whatever else is being changed about the account meanwhile; and whoever is at that begins
    /// again, or an old answer would be written over this one.
    /// </summary>
    /// <returns>Null when there is no such account.</returns>
    public async Task<Account?> ChangeAsync(
        string accountId,
        bool? mayInstall,
        bool? isAdministrator,
        CancellationToken cancellationToken
    )
    {
        var stamp = Guid.NewGuid().ToString();
        await context
            .Users.Where(a => a.Id == accountId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.MayInstall, a => mayInstall ?? a.MayInstall)
                        .SetProperty(a => a.IsAdministrator, a => isAdministrator ?? a.IsAdministrator)
                        .SetProperty(a => a.ConcurrencyStamp, stamp),
                cancellationToken
            );
        return await context.Users.AsNoTracking().FirstOrDefaultAsync(a => a.Id == accountId, cancellationToken);
    }

    /// <summary>Removes an account, and the projects that it owns, for good; with it is saved what the context has to save.</summary>
    public async Task DeleteAsync(Account account, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        var owned = context
            .Memberships.Where(m => m.AccountId == account.Id && m.Source == MembershipSource.Owner)
            .Select(m => m.ProjectId);
        await context.Publications.Where(p => owned.Contains(p.ProjectId)).ExecuteDeleteAsync(cancellationToken);
        await context.Projects.Where(p => owned.Contains(p.Id)).ExecuteDeleteAsync(cancellationToken);
        await context.Users.Where(a => a.Id == account.Id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public static string Sentence(IdentityResult result) =>
        string.Join(' ', result.Errors.Select(error => error.Description));
}
