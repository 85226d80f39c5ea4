namespace Verso.Testing;

/// <summary>A directory of its own, gone with everything in it when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private const int Attempts = 5;

    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = Directory.CreateTempSubdirectory("verso-").FullName;

    /// <summary>The full path of something inside; nothing is created.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, with the directories it needs, and returns its full path.</summary>
    public string Write(string relative, string text)
    {
        var path = Combine(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public override string ToString() => Path;

    public void Dispose()
    {
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Unlock(Path);
                Directory.Delete(Path, recursive: true);
            }
            // A process the test has just killed may still be writing.
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(50 * attempt);
            }
        }
    }

    // An entry can only be removed from a directory its owner may list and change.
    private static void Unlock(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | OwnerAll);
        foreach (var child in new DirectoryInfo(directory).EnumerateDirectories())
        {
            // Never through a link: it may lead out of here.
            if (child.LinkTarget is null)
            {
                Unlock(child.FullName);
            }
        }
    }
}
