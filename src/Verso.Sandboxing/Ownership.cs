using System.Runtime.InteropServices;

namespace Verso.Sandboxing;

internal static partial class Ownership
{
    /// <summary>Makes a user (and the group of the same number) the owner of a folder and all in it; links are neither followed nor entered.</summary>
    public static void Give(string folder, int userId)
    {
        _ = lchown(folder, (uint)userId, (uint)userId);
        foreach (var entry in FolderTree.Entries(folder))
            _ = lchown(entry.FullName, (uint)userId, (uint)userId);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint owner, uint group);
}
