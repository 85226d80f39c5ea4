using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Verso.Sandboxing;

public enum EntryKind
{
    File,
    Folder,
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,
}

/// <summary>What stands at a place, a link being itself.</summary>
/// <param name="RunsAsOwner">It has a set-user-id or set-group-id bit.</param>
/// <param name="Owner">A user id.</param>
public readonly partial record struct EntryStatus(EntryKind Kind, bool RunsAsOwner, uint Owner)
{
    private const int CurrentDirectory = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_TYPE_MODE_AND_OWNER = 11;

    /// <returns>Null when nothing is there.</returns>
    public static EntryStatus? Of(string path) => Read(CurrentDirectory, path, AT_SYMLINK_NOFOLLOW);

    internal static EntryStatus? Of(SafeFileHandle handle)
    {
        var status = Read((int)handle.DangerousGetHandle(), "", AT_EMPTY_PATH);
        GC.KeepAlive(handle);
        return status;
    }

    private static EntryStatus? Read(int folder, string path, int flags)
    {
        // struct statx has the same layout on every processor; the mode stands at 28, the owner at 20.
        var buffer = new byte[256];
        if (statx(folder, path, flags, STATX_TYPE_MODE_AND_OWNER, buffer) != 0)
            return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(28));
        var kind = (mode & 0xF000) switch
        {
            0x8000 => EntryKind.File,
            0x4000 => EntryKind.Folder,
            0xA000 => EntryKind.Link,
            _ => EntryKind.Special,
        };
        return new EntryStatus(kind, (mode & 0xC00) != 0, BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(20)));
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte[] buffer);
}
