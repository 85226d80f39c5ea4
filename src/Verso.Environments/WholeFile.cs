namespace Verso.Environments;

/// <summary>A file that is there whole or not at all, and on disk before it can be seen under its name.</summary>
internal static class WholeFile
{
    public static void Write(string path, Action<Stream> write)
    {
        // Hidden, for it may stand among a project's files for a moment.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = File.Create(temporary))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
