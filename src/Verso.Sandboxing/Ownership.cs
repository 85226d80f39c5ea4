using System.Runtime.InteropServices;

namespace Verso.Sandboxing;

internal static partial class Ownership
{
    /// <summary>Makes a user (and the group of the same number) the owner of a folder and all in it; links are not followed.</summary>
    public static void Give(string folder, int userId)
    {
        _ = lchown(folder, (uint)userId, (uint)userId);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", options))
            _ = lchown(path, (uint)userId, (uint)userId);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint owner, uint group);
}
