using System.Runtime.InteropServices;
using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

/// <summary>What the store takes up, and how full its volume is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Usage(DiskSpace Store, DiskSpace VolumeUsed, DiskSpace Volume)
{
    public bool Exceeds(WaterMark mark) =>
        Store.Bytes > (long)mark.StoreMiB << 20
        || Store.Files > mark.StoreFiles
        || Share(VolumeUsed.Bytes, Volume.Bytes) > mark.VolumePercent
        || Share(VolumeUsed.Files, Volume.Files) > mark.VolumePercent;

    public Usage Without(DiskSpace freed) => this with { Store = Store - freed, VolumeUsed = VolumeUsed - freed };

    // Some file systems count no inodes.
    private static double Share(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;
}
