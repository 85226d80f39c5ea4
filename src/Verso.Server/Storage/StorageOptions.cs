namespace Verso.Server.Storage;

/// <summary>The section <c>Storage</c> of the configuration.</summary>
public sealed record StorageOptions
{
    /// <summary>Where the contents of files are, and the database if it is SQLite.</summary>
    public string Directory { get; init; } = "/var/lib/overleaf/data/workspace";

    public DatabaseProvider Database { get; init; }

    /// <summary>For PostgreSQL.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>How long a blob stays that nothing refers to.</summary>
    public TimeSpan BlobGrace { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Nobody else of this machine reads it: whoever has the keys in it signs in as anybody.</summary>
    internal void CreateDirectory() =>
        System.IO.Directory.CreateDirectory(
            Directory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Path.IsPathRooted(Directory))
            yield return $"Storage:Directory is '{Directory}'; it must be an absolute path.";
        if (Database == DatabaseProvider.PostgreSql && ConnectionString.Length == 0)
            yield return "Storage:Database is PostgreSql; set Storage:ConnectionString, such as Host=db;Database=verso;Username=verso;Password=….";
        if (Database == DatabaseProvider.Sqlite && ConnectionString.Length > 0)
            yield return "Storage:ConnectionString is set, which SQLite has no use for; set Storage:Database to PostgreSql, or leave it out.";
        if (BlobGrace < TimeSpan.Zero)
            yield return $"Storage:BlobGrace is {BlobGrace}; it must not be negative.";
    }
}
