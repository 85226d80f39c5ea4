using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

public enum EvictedKind
{
    /// <summary>Of a build that was killed.</summary>
    Leftover,

    /// <summary>A downloaded file.</summary>
    Download,

    /// <summary>An unpacked wheel that no environment is linked from.</summary>
    Wheel,

    Environment,
}

/// <param name="Name">Its name in the store.</param>
/// <param name="Space">What its removal frees.</param>
public sealed record Evicted(EvictedKind Kind, string Name, DiskSpace Space);

/// <param name="Removed">In order; with a dry run, what would have been.</param>
/// <param name="Before">What the store took up.</param>
public sealed record EvictionReport(IReadOnlyList<Evicted> Removed, DiskSpace Before, DiskSpace After);
