using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Verso.Environments.Wheels;

/// <summary>What makes two names one file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct FileIdentity(ulong Inode, uint DeviceMajor, uint DeviceMinor)
{
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_INO = 0x100;

    /// <returns>Null when nothing is there. Of a link it is the link's own.</returns>
    public static FileIdentity? Of(string path)
    {
        // The one such call whose result looks the same on all processors.
        Span<byte> answer = stackalloc byte[256];
        return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO, ref MemoryMarshal.GetReference(answer)) != 0
            ? null
            : new FileIdentity(
                BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(answer[136..]),
                BinaryPrimitives.ReadUInt32LittleEndian(answer[140..])
            );
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, ref byte answer);
}
