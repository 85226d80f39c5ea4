using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Verso.Server.Storage.Sqlite;

public sealed class SqliteWorkspaceContext(DbContextOptions<SqliteWorkspaceContext> options) : WorkspaceContext(options)
{
    public static string ConnectionString(StorageOptions storage) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(storage.Directory, "workspace.db") }.ToString();

    /// <summary>For the tool that writes migrations.</summary>
    public sealed class Factory : IDesignTimeDbContextFactory<SqliteWorkspaceContext>
    {
        public SqliteWorkspaceContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteWorkspaceContext>().UseSqlite("Data Source=:memory:").Options);
    }
}
