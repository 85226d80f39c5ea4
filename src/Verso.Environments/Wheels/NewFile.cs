using Microsoft.Win32.SafeHandles;

namespace Verso.Environments.Wheels;

/// <summary>Makes files with the modes that pip gives them, whatever the process's mask.</summary>
internal static class NewFile
{
    private const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode AnyExecute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>With the folders that it needs; nothing may be there yet.</summary>
    public static FileStream Create(string path, bool executable)
    {
        FileStream file;
        try
        {
            file = Open(path);
        }
        // Which of the two depends on whether another thread has made the folder by then.
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = Open(path);
        }
        SetMode(file.SafeFileHandle, executable);
        return file;
    }

    /// <inheritdoc cref="Create"/>
    public static void Write(string path, ReadOnlySpan<byte> content, bool executable = false)
    {
        using var file = Create(path, executable);
        file.Write(content);
    }

    public static void SetMode(SafeFileHandle file, bool executable) =>
        File.SetUnixFileMode(file, Everyone | UnixFileMode.UserWrite | (executable ? AnyExecute : UnixFileMode.None));

    private static FileStream Open(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
}
