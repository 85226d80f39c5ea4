using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects;
using Verso.Server.Sharing.Invitations;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Sharing;

internal static class SharingModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Membership>(membership =>
        {
            membership.HasKey(m => new { m.ProjectId, m.AccountId });
            membership.HasOne<Project>().WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Cascade);
            membership.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
            membership.HasIndex(m => m.AccountId);
            membership
                .HasIndex(m => m.ProjectId)
                .IsUnique()
                .HasDatabaseName("IX_Memberships_OneOwner")
                .HasFilter($"\"Source\" = {(int)MembershipSource.Owner}");
        });
        builder.Entity<Invitation>(invitation =>
        {
            invitation.HasOne<Project>().WithMany().HasForeignKey(i => i.ProjectId).OnDelete(DeleteBehavior.Cascade);
            invitation.HasOne<Account>().WithMany().HasForeignKey(i => i.AccountId).OnDelete(DeleteBehavior.Cascade);
            invitation.HasOne<Account>().WithMany().HasForeignKey(i => i.InvitedById).OnDelete(DeleteBehavior.Cascade);
            invitation.Property(i => i.Addressee).HasMaxLength(256);
            invitation.Property(i => i.SecretHash).HasMaxLength(64);
            invitation.HasIndex(i => i.SecretHash).IsUnique();
        });
        builder.Entity<ShareLink>(link =>
        {
            link.HasKey(l => new { l.ProjectId, l.Role });
            link.HasOne<Project>().WithMany().HasForeignKey(l => l.ProjectId).OnDelete(DeleteBehavior.Cascade);
            link.HasIndex(l => l.Token).IsUnique();
        });
    }
}
