using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Verso.Server.Storage.Blobs;
using Verso.Server.Storage.Postgres;
using Verso.Server.Storage.Sqlite;

namespace Verso.Server.Storage;

public static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WriteTurn>();
        services.AddSingleton<BlobStore>();
        services.AddSingleton<BlobCollection>();
        if (options.Database == DatabaseProvider.Sqlite)
            services.AddDbContext<WorkspaceContext, SqliteWorkspaceContext>(database =>
                database
                    .UseSqlite(SqliteWorkspaceContext.ConnectionString(options))
                    .AddInterceptors(new DurableWrites())
            );
        else
            services.AddDbContext<WorkspaceContext, PostgresWorkspaceContext>(database =>
                database.UseNpgsql(options.ConnectionString)
            );
        services.AddDataProtection().SetApplicationName("verso");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, ProtectionKeys>();
        return services;
    }

    /// <summary>Brings the database to this version's form.</summary>
    /// <returns>The migrations that were made.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        services.GetRequiredService<StorageOptions>().CreateDirectory();
        var pending = await PendingAsync(services, cancellationToken);
        if (pending.Count == 0)
            return pending;
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WorkspaceContext>().Database.MigrateAsync(cancellationToken);
        return pending;
    }

    /// <returns>The migrations that the database lacks.</returns>
    public static async Task<IReadOnlyList<string>> PendingAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkspaceContext>().Database;
        return [.. await database.GetPendingMigrationsAsync(cancellationToken)];
    }
}
