using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Verso.Server.Accounts;

internal static class AccountsModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Account>(account =>
        {
            account.ToTable("Accounts");
            account.HasIndex(a => a.NormalizedEmail).IsUnique();
            account.Property(a => a.PasswordHash).HasMaxLength(1000);
        });
        // Nothing uses them so far, but ASP.NET's store of accounts asks for them.
        builder.Entity<IdentityUserClaim<string>>(claim =>
        {
            claim.ToTable("AccountClaims");
            claim.Property(c => c.ClaimValue).HasMaxLength(1000);
        });
        builder.Entity<IdentityUserLogin<string>>().ToTable("AccountLogins");
        builder.Entity<IdentityUserToken<string>>(token =>
        {
            token.ToTable("AccountTokens");
            token.Property(t => t.Value).HasMaxLength(1000);
        });
        builder.Entity<AccessToken>(token =>
        {
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(t => t.Hash).IsUnique();
            token.Property(t => t.Hash).HasMaxLength(64);
        });
    }
}
