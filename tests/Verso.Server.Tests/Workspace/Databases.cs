using Verso.Server.Settings;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

/// <summary>The databases that tests run on.</summary>
internal static class Databases
{
    public static readonly TheoryData<DatabaseProvider> All = [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    /// <summary>The settings, with a new database of that kind.</summary>
    public static async Task<Func<ServerSettings, ServerSettings>> NewAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
            return settings => settings;
        var connection = await PostgresServer.NewDatabaseAsync();
        return settings =>
            settings with
            {
                Storage = settings.Storage with { Database = provider, ConnectionString = connection },
            };
    }
}
