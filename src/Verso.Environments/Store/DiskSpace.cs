using System.Runtime.InteropServices;
using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <param name="Files">Files and folders: inodes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DiskSpace(long Bytes, long Files)
{
    /// <summary>A folder with all that is in it. Files that have other names elsewhere count in full.</summary>
    public static DiskSpace OfTree(string path)
    {
        var entries = FolderTree.Entries(path).ToList();
        var bytes = entries.OfType<FileInfo>().Sum(file => file.LinkTarget is null ? file.Length : 0);
        return new DiskSpace(bytes, entries.Count + 1);
    }

    public static DiskSpace operator +(DiskSpace left, DiskSpace right) =>
        new(left.Bytes + right.Bytes, left.Files + right.Files);

    public static DiskSpace operator -(DiskSpace left, DiskSpace right) =>
        new(left.Bytes - right.Bytes, left.Files - right.Files);
}
