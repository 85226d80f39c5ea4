using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Server.Compiling.Sync;

/// <summary>
/// Tells whether a file is still as it was written. The time is that of the last change of anything about the file, which
/// the kernel keeps and no program can set.
/// </summary>
internal sealed partial record FileStamp(ulong Inode, long Size, long ChangedSeconds, uint ChangedNanoseconds)
{
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_BASIC_STATS = 0x7ff;

    public static FileStamp Of(SafeFileHandle file)
    {
        var status = Read(file);
        return new FileStamp(
            BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(32)),
            BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(40)),
            BinaryPrimitives.ReadInt64LittleEndian(status.AsSpan(96)),
            BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(104))
        );
    }

    public static bool IsRegularFile(SafeFileHandle file) =>
        (BinaryPrimitives.ReadUInt16LittleEndian(Read(file).AsSpan(28)) & 0xF000) == 0x8000;

    // struct statx has the same layout on every processor.
    private static byte[] Read(SafeFileHandle file)
    {
        var buffer = new byte[256];
        var failed = statx((int)file.DangerousGetHandle(), "", AT_EMPTY_PATH, STATX_BASIC_STATS, buffer) != 0;
        GC.KeepAlive(file);
        return failed ? throw new IOException("The status of an open file cannot be read.") : buffer;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte[] buffer);
}
