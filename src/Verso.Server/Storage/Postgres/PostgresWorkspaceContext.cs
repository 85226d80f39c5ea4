using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Verso.Server.Storage.Postgres;

public sealed class PostgresWorkspaceContext(DbContextOptions<PostgresWorkspaceContext> options)
    : WorkspaceContext(options)
{
    /// <summary>For the tool that writes migrations.</summary>
    public sealed class Factory : IDesignTimeDbContextFactory<PostgresWorkspaceContext>
    {
        public PostgresWorkspaceContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresWorkspaceContext>().UseNpgsql("Host=none").Options);
    }
}
