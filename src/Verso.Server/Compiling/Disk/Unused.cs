namespace Verso.Server.Compiling.Disk;

/// <summary>Something on the disk that may be removed, and is made or fetched again when somebody needs it.</summary>
/// <param name="KeptFor">How long after its last use it goes in any case.</param>
/// <param name="PruneAsync">Removes what is too old in it, where it stays itself.</param>
internal sealed record Unused(
    string Name,
    DateTime LastUsed,
    TimeSpan KeptFor,
    Func<Task> RemoveAsync,
    Func<Task> PruneAsync
);
