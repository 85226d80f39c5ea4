using System.Runtime.InteropServices;
using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

/// <summary>What the store takes up, and how full its volume is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Usage(DiskSpace Store, DiskSpace VolumeUsed, DiskSpace Volume)
{
    // Where the store has less of a volume that is full, others fill it, and what the store gives they take.
    private const double YieldsDownTo = 5;

    public bool Exceeds(WaterMark mark) =>
        Store.Bytes > (long)mark.StoreMiB << 20
        || Store.Files > mark.StoreFiles
        || IsCrowded(Store.Bytes, VolumeUsed.Bytes, Volume.Bytes, mark.VolumePercent)
        || IsCrowded(Store.Files, VolumeUsed.Files, Volume.Files, mark.VolumePercent);

    public Usage Without(DiskSpace freed) => this with { Store = Store - freed, VolumeUsed = VolumeUsed - freed };

    private static bool IsCrowded(long own, long used, long whole, int percent) =>
        Share(used, whole) > percent && Share(own, whole) > YieldsDownTo;

    // Some file systems count no inodes.
    private static double Share(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;
}
