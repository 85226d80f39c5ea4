using Verso.Rendering.Documents;

namespace Verso.Rendering.Execution;

/// <summary>How much of a project is copied for one render.</summary>
internal sealed class CopyLimit(long mostBytes = 4L << 30, int mostEntries = 100_000)
{
    private long _bytes;
    private int _entries;

    /// <exception cref="DocumentException">It is too much; the message says what to do.</exception>
    public void Add(FileSystemInfo entry)
    {
        _bytes += entry is FileInfo { LinkTarget: null, Exists: true } file ? file.Length : 0;
        if (++_entries > mostEntries)
            throw TooLarge($"{mostEntries:N0} files and folders");
        if (_bytes > mostBytes)
            throw TooLarge($"{mostBytes >> 20:N0} MiB");
    }

    private static DocumentException TooLarge(string most) =>
        new(
            $"The project has more than {most}, of which a copy is made for each render; keep in its folder only what its documents need."
        );
}
