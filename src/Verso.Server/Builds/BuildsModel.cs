using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Projects;
using Verso.Server.Publishing;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Builds;

internal static class BuildsModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Build>(build =>
        {
            build.Property(b => b.MainPath).HasMaxLength(ProjectPath.MostBytes);
            build.Property(b => b.ResultJson).HasMaxLength(20_000_000);
            build.HasOne<Project>().WithMany().HasForeignKey(b => b.ProjectId).OnDelete(DeleteBehavior.Cascade);
            build.HasOne<Account>().WithMany().HasForeignKey(b => b.AccountId).OnDelete(DeleteBehavior.SetNull);
            build.HasIndex(b => new
            {
                b.ProjectId,
                b.Kind,
                b.At,
            });
        });
        builder.Entity<BuildFile>(file =>
        {
            file.HasKey(f => new { f.BuildId, f.Path });
            file.Property(f => f.Path).HasMaxLength(ProjectPath.MostBytes);
            file.Property(f => f.BlobHash).HasMaxLength(64);
            file.HasOne<Build>().WithMany().HasForeignKey(f => f.BuildId).OnDelete(DeleteBehavior.Cascade);
            file.HasOne<Blob>().WithMany().HasForeignKey(f => f.BlobHash).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<Publication>(publication =>
        {
            publication.HasKey(p => p.ProjectId);
            publication.HasIndex(p => p.Slug).IsUnique();
            publication.HasOne<Project>().WithMany().HasForeignKey(p => p.ProjectId).OnDelete(DeleteBehavior.Cascade);
            publication.HasOne<Build>().WithMany().HasForeignKey(p => p.BuildId).OnDelete(DeleteBehavior.NoAction);
            publication
                .HasOne<Account>()
                .WithMany()
                .HasForeignKey(p => p.PublishedById)
                .OnDelete(DeleteBehavior.SetNull);
        });
    }
}
