using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Builds;
using Verso.Server.Projects;
using Verso.Server.Publishing;
using Verso.Server.Python;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Invitations;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Storage;

/// <summary>All that the workspace knows, but for the contents of files (see <see cref="BlobStore"/>).</summary>
public abstract class WorkspaceContext(DbContextOptions options) : IdentityUserContext<Account>(options)
{
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectVersion> ProjectVersions => Set<ProjectVersion>();

    public DbSet<ProjectFile> ProjectFiles => Set<ProjectFile>();

    public DbSet<Blob> Blobs => Set<Blob>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<ShareLink> ShareLinks => Set<ShareLink>();

    public DbSet<StoredResolution> Resolutions => Set<StoredResolution>();

    public DbSet<Build> Builds => Set<Build>();

    public DbSet<BuildFile> BuildFiles => Set<BuildFile>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no type for it that compares; one form in both databases keeps queries and statements the same.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MillisecondsConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(200);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        AccountsModel.Configure(builder);
        ProjectsModel.Configure(builder);
        SharingModel.Configure(builder);
        BuildsModel.Configure(builder);
        builder.Entity<Blob>(blob =>
        {
            blob.HasKey(b => b.Hash);
            blob.Property(b => b.Hash).HasMaxLength(64);
            blob.HasIndex(b => b.PutAt);
        });
        builder.Entity<AuditEntry>(entry =>
        {
            entry.Property(e => e.Detail).HasMaxLength(AuditEntry.MostOfDetail);
            entry.HasIndex(e => e.ProjectId);
            entry.HasIndex(e => e.AccountId);
            entry.HasIndex(e => e.At);
        });
        builder.Entity<ProtectionKey>().Property(key => key.Xml).HasMaxLength(10_000);
    }
}
