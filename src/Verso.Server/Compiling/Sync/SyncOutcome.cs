namespace Verso.Server.Compiling.Sync;

internal abstract record SyncOutcome
{
    /// <param name="Paths">Of all resources.</param>
    /// <param name="IsInitial">Nothing of the target was here.</param>
    public sealed record Synced(IReadOnlyCollection<string> Paths, bool IsInitial) : SyncOutcome;

    /// <summary>A full sync is needed.</summary>
    public sealed record Conflict(string Reason) : SyncOutcome;

    /// <summary>A resource could not be had.</summary>
    public sealed record Failed(string Path, string Reason) : SyncOutcome;
}
