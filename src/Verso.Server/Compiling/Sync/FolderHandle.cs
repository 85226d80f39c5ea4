using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Server.Compiling.Sync;

/// <summary>
/// An open folder that strangers' code wrote to. What is in it is reached from here name by name, and a link is never
/// followed, so that nothing that was planted, or moved meanwhile, leads anywhere else.
/// </summary>
internal sealed partial class FolderHandle : IDisposable
{
    private const int O_WRONLY = 1;
    private const int O_CREAT = 0x40;
    private const int O_EXCL = 0x80;
    private const int O_NONBLOCK = 0x800;
    private const int O_CLOEXEC = 0x80000;
    private const int CurrentDirectory = -100;

    // The two flags whose values differ between the processors that .NET runs on.
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;
    private static readonly int O_NOFOLLOW = IsArm ? 0x8000 : 0x20000;
    private static readonly int O_DIRECTORY = IsArm ? 0x4000 : 0x10000;

    private readonly SafeFileHandle _folder;

    private FolderHandle(SafeFileHandle folder) => _folder = folder;

    private int Descriptor => (int)_folder.DangerousGetHandle();

    /// <exception cref="IOException">There is no folder.</exception>
    public static FolderHandle Open(string path) =>
        TryOpen(CurrentDirectory, path) ?? throw Failure($"The folder {path} cannot be opened");

    /// <returns>Null when it is no folder, a link to one included.</returns>
    public FolderHandle? TryEnter(string name) => TryOpen(Descriptor, name);

    /// <summary>Enters a folder that is made if nothing is there.</summary>
    /// <exception cref="IOException">It cannot be made, or something else has its name.</exception>
    public FolderHandle Make(string name)
    {
        _ = mkdirat(
            Descriptor,
            name,
            0x1ED /* 0755 */
        );
        return TryEnter(name) ?? throw Failure($"The folder '{name}' cannot be made");
    }

    /// <returns>Null when there is no regular file.</returns>
    public FileStream? TryRead(string name)
    {
        var file = openat(Descriptor, name, O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW, 0);
        if (!file.IsInvalid && FileStamp.IsRegularFile(file))
            return new FileStream(file, FileAccess.Read);
        file.Dispose();
        return null;
    }

    /// <summary>The same for a path, of which no part may be a link.</summary>
    public FileStream? TryReadAt(string path)
    {
        var slash = path.IndexOf('/');
        if (slash < 0)
            return TryRead(path);
        using var folder = TryEnter(path[..slash]);
        return folder?.TryReadAt(path[(slash + 1)..]);
    }

    /// <summary>Puts a file in its place, whole, instead of whatever file or link has its name.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<FileStamp> WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var temporary = $".verso-{Guid.NewGuid():N}.tmp";
        var handle = openat(
            Descriptor,
            temporary,
            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
            0x1A4 /* 0644 */
        );
        if (handle.IsInvalid)
            throw Failure($"The file '{name}' cannot be written");
        try
        {
            await using var file = new FileStream(handle, FileAccess.Write);
            await content.CopyToAsync(file, cancellationToken);
            await file.FlushAsync(cancellationToken);
            if (renameat(Descriptor, temporary, Descriptor, name) != 0)
                throw Failure($"The file '{name}' cannot be written");
            return FileStamp.Of(handle);
        }
        catch
        {
            _ = unlinkat(Descriptor, temporary, 0);
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    private static FolderHandle? TryOpen(int folder, string name)
    {
        var handle = openat(folder, name, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
        if (!handle.IsInvalid)
            return new FolderHandle(handle);
        handle.Dispose();
        return null;
    }

    private static IOException Failure(string what) =>
        new($"{what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle openat(int folder, string name, int flags, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdirat(int folder, string name, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat(int from, string name, int to, string newName);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlinkat(int folder, string name, int flags);
}
