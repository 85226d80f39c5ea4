namespace Verso.Server.Storage;

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}
