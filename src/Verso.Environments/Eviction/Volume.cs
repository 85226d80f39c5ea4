using System.ComponentModel;
using System.Runtime.InteropServices;
using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

/// <summary>How full a volume is, in bytes and in inodes; .NET knows only of bytes.</summary>
internal static partial class Volume
{
    /// <returns>What is in use, and the whole, without what only root may use, as <c>df</c> has it.</returns>
    /// <exception cref="IOException">The volume does not say.</exception>
    public static (DiskSpace Used, DiskSpace Whole) Of(string path)
    {
        if (statvfs(path, out var volume) != 0)
            throw new IOException(
                $"The volume of {path} does not say how full it is: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}"
            );
        var used = new DiskSpace(
            (long)((volume.Blocks - volume.BlocksFree) * volume.FragmentSize),
            (long)(volume.Files - volume.FilesFree)
        );
        var available = (long)(volume.BlocksAvailable * volume.FragmentSize);
        return (used, new DiskSpace(used.Bytes + available, (long)volume.Files));
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statvfs(string path, out Statistics statistics);

    // struct statvfs where longs have 64 bits.
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Statistics
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
        public ulong FilesAvailable;
        public ulong Id;
        public ulong Flags;
        public ulong LongestName;
        private fixed int _spare[8];
    }
}
