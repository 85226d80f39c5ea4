using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Verso.Server.Storage;

/// <summary>A row cannot be removed because another refers to it, or cannot refer to one that is not there.</summary>
internal static class ForeignKeyConflict
{
    private const int SQLITE_CONSTRAINT_FOREIGNKEY = 787;
    private const int SQLITE_CONSTRAINT_TRIGGER = 1811; // SQLite's own, which stands for a key that restricts

    public static bool Is(DbException fault) =>
        fault switch
        {
            SqliteException { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_FOREIGNKEY } => true,
            SqliteException { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_TRIGGER } => fault.Message.Contains(
                "FOREIGN KEY",
                StringComparison.Ordinal
            ),
            PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => true,
            PostgresException { SqlState: PostgresErrorCodes.RestrictViolation } => true, // from version 18 on
            _ => false,
        };
}
