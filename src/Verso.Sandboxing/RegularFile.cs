using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Sandboxing;

/// <summary>Opens a file that a stranger may have put there: never through a link, never blocking on a pipe, nor reading a device.</summary>
public static partial class RegularFile
{
    private const int O_RDONLY = 0;
    private const int O_NONBLOCK = 0x800;
    private const int O_CLOEXEC = 0x80000;

    // The one flag whose value differs between the processors that .NET runs on.
    private static readonly int O_NOFOLLOW =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <returns>The file, or null when what stands there is no regular file (a link included).</returns>
    public static FileStream? Open(string path) => Open(path, O_NOFOLLOW);

    /// <summary>The same, but a link is followed: for a path that its user chose.</summary>
    public static FileStream? OpenFollowing(string path) => Open(path, 0);

    private static FileStream? Open(string path, int flags)
    {
        var handle = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags, 0);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }
        if (EntryStatus.Of(handle) is { Kind: EntryKind.File })
            return new FileStream(handle, FileAccess.Read);
        handle.Dispose();
        return null;
    }

    /// <returns>False when there is no regular file at the source.</returns>
    /// <param name="target">A place that only this process writes to.</param>
    public static bool TryCopy(string source, string target)
    {
        using var from = Open(source);
        if (from is null)
            return false;
        using var to = new FileStream(target, FileMode.CreateNew);
        from.CopyTo(to);
        return true;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags, int mode);
}
