using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Python;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects;

internal static class ProjectsModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Project>(project =>
        {
            project.Property(p => p.RootPath).HasMaxLength(ProjectPath.MostBytes);
            project.HasIndex(p => p.DeletedAt);
        });
        builder.Entity<ProjectVersion>(version =>
        {
            version.HasKey(v => new { v.ProjectId, v.Number });
            version.Property(v => v.Summary).HasMaxLength(ProjectVersion.MostOfSummary);
            version.HasOne<Project>().WithMany().HasForeignKey(v => v.ProjectId).OnDelete(DeleteBehavior.Cascade);
            version.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<ProjectFile>(file =>
        {
            file.Property(f => f.Path).HasMaxLength(ProjectPath.MostBytes);
            file.Property(f => f.BlobHash).HasMaxLength(64);
            file.HasOne<Project>().WithMany().HasForeignKey(f => f.ProjectId).OnDelete(DeleteBehavior.Cascade);
            // What makes it impossible to remove a blob that something refers to.
            file.HasOne<Blob>().WithMany().HasForeignKey(f => f.BlobHash).OnDelete(DeleteBehavior.Restrict);
            file.HasIndex(f => new
                {
                    f.ProjectId,
                    f.Path,
                    f.Since,
                })
                .IsUnique();
            file.HasIndex(f => new { f.ProjectId, f.Path }).IsUnique().HasFilter("\"Until\" IS NULL");
        });
        builder.Entity<StoredResolution>(resolution =>
        {
            resolution.ToTable("Resolutions");
            resolution.HasKey(r => r.ProjectId);
            resolution.Property(r => r.Json).HasMaxLength(4_000_000);
            resolution
                .HasOne<Project>()
                .WithOne()
                .HasForeignKey<StoredResolution>(r => r.ProjectId)
                .OnDelete(DeleteBehavior.Cascade);
        });
    }
}
