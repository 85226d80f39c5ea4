using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Environments.Wheels;

/// <summary>Gives a file a second place: a hard link, else a clone of its blocks, else a copy.</summary>
internal sealed partial class FileLinks
{
    private const int EPERM = 1;
    private const int EXDEV = 18;
    private const int EMLINK = 31;
    private const int EOPNOTSUPP = 95;
    private const uint FICLONE = 0x40049409;

    // Two file systems, or one without hard links: true of one file, true of all.
    private volatile bool _cannotLink;
    private volatile bool _cannotClone;

    /// <exception cref="IOException">The file could not be made; the message names it.</exception>
    public void Link(string source, string target)
    {
        if (!_cannotLink)
        {
            if (link(source, target) == 0)
                return;
            var error = Marshal.GetLastPInvokeError();
            if (error is not (EPERM or EXDEV or EMLINK or EOPNOTSUPP))
                throw Failure(target, error);
            _cannotLink = error != EMLINK;
        }
        Copy(source, target);
    }

    private void Copy(string source, string target)
    {
        using var from = File.OpenHandle(source);
        using var to = NewFile.Create(target, File.GetUnixFileMode(from).HasFlag(UnixFileMode.UserExecute));
        if (!_cannotClone && ioctl(to.SafeFileHandle, FICLONE, (long)from.DangerousGetHandle()) == 0)
            return;
        _cannotClone = true;
        using var content = new FileStream(from, FileAccess.Read, bufferSize: 0);
        content.CopyTo(to);
    }

    private static IOException Failure(string path, int error) =>
        new($"{path} could not be made: {new Win32Exception(error).Message}", error);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string source, string target);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, ulong request, long argument);
}
