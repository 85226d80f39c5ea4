namespace Verso.Environments.Eviction;

public sealed record WaterMark
{
    /// <summary>MiB of all the store's files, hard links counted once.</summary>
    public int StoreMiB { get; init; }

    /// <summary>The store's files and folders.</summary>
    public int StoreFiles { get; init; }

    /// <summary>Per cent of the volume's bytes, or of its inodes, that are in use by anybody.</summary>
    public int VolumePercent { get; init; }
}
