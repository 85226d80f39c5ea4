using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Server.Storage.Blobs;

/// <summary>Brings a folder's entries onto the disk, so that a renamed file is found under its new name after a power cut.</summary>
internal static partial class FolderSync
{
    private const int O_DIRECTORY = 0x10000;
    private const int O_CLOEXEC = 0x80000;

    /// <exception cref="IOException">It could not be written.</exception>
    public static void Flush(string folder)
    {
        using var handle = open(folder, O_DIRECTORY | O_CLOEXEC);
        if (!handle.IsInvalid && fsync(handle) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        throw new IOException(
            $"The folder '{folder}' cannot be brought onto the disk: {new Win32Exception(error).Message}",
            error
        );
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle folder);
}
