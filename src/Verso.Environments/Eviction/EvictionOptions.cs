namespace Verso.Environments.Eviction;

/// <summary>
/// The section <c>Environments:Eviction</c>. Removing begins when any high mark is passed, and goes on until all low ones
/// are met.
/// </summary>
public sealed record EvictionOptions
{
    public WaterMark High { get; init; } =
        new()
        {
            StoreMiB = 51_200,
            StoreFiles = 4_000_000,
            VolumePercent = 88,
        };

    public WaterMark Low { get; init; } =
        new()
        {
            StoreMiB = 40_960,
            StoreFiles = 3_200_000,
            VolumePercent = 83,
        };

    public IEnumerable<string> Faults()
    {
        (string Name, int High, int Low)[] marks =
        [
            (nameof(WaterMark.StoreMiB), High.StoreMiB, Low.StoreMiB),
            (nameof(WaterMark.StoreFiles), High.StoreFiles, Low.StoreFiles),
            (nameof(WaterMark.VolumePercent), High.VolumePercent, Low.VolumePercent),
        ];
        foreach (var (name, high, low) in marks)
            if (low < 0 || low > high)
                yield return $"Environments:Eviction:Low:{name} is {low}; it must be from 0 to {high}, which is Environments:Eviction:High:{name}.";
    }
}
