using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Sandboxing;

/// <summary>
/// An flock on a file, shared or exclusive; the kernel drops it when the process dies. FileStream's own sharing is no
/// substitute: it fails at once instead of waiting and knows no shared locks between writers. Whoever holds a lock alone may
/// delete its file.
/// </summary>
public sealed partial class FileLock : IDisposable
{
    private const int O_RDWR = 2;
    private const int O_CREAT = 0x40;
    private const int O_CLOEXEC = 0x80000; // or a child would keep the lock
    private const int LOCK_SH = 1;
    private const int LOCK_EX = 2;
    private const int LOCK_NB = 4;
    private const int EINTR = 4;
    private const int EWOULDBLOCK = 11;

    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_NLINK = 4;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <returns>Null when somebody has it alone, or has just deleted its file.</returns>
    public static FileLock? TryAcquireShared(string path) => TryAcquire(path, LOCK_SH);

    /// <returns>Null when somebody has it, or has just deleted its file.</returns>
    public static FileLock? TryAcquireExclusive(string path) => TryAcquire(path, LOCK_EX);

    public void Dispose() => _file.Dispose();

    private static FileLock? TryAcquire(string path, int mode)
    {
        var file = open(
            path,
            O_RDWR | O_CREAT | O_CLOEXEC,
            0x1A4 /* 0644 */
        );
        if (file.IsInvalid)
            throw Failure(path);
        while (flock(file, mode | LOCK_NB) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == EINTR)
                continue;
            file.Dispose();
            return error == EWOULDBLOCK ? null : throw Failure(path);
        }
        if (!IsDeleted(file))
            return new FileLock(file);
        // Whoever had it alone has removed its file: the next to come makes and locks another.
        file.Dispose();
        return null;
    }

    private static bool IsDeleted(SafeFileHandle file)
    {
        // Its result looks the same on all processors.
        Span<byte> answer = stackalloc byte[256];
        return statx(file, "", AT_EMPTY_PATH, STATX_NLINK, ref MemoryMarshal.GetReference(answer)) == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(answer[16..]) == 0;
    }

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"The lock file {path} cannot be used: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle file, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
