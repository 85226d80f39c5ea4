namespace Verso.Rendering.Documents;

/// <summary>The modules among a project's files: Python's own and compiled ones.</summary>
internal static class PythonFiles
{
    private const int MaxEntries = 50_000;
    private const int MaxDepth = 12;

    // What tools make, and others' packages.
    private static readonly string[] Passed =
    [
        "__pycache__",
        "_book",
        "_freeze",
        "_site",
        "dist-packages",
        "node_modules",
        "site-packages",
    ];

    /// <returns>Paths relative to the project, those of a folder before those of the folders in it.</returns>
    public static IEnumerable<string> In(string projectDirectory)
    {
        var visited = 0;
        var folders = new Queue<(DirectoryInfo Folder, string Relative, int Depth)>();
        folders.Enqueue((new DirectoryInfo(projectDirectory), "", 0));
        while (folders.TryDequeue(out var next) && visited < MaxEntries)
        {
            var entries = Entries(next.Folder, MaxEntries - visited);
            visited += entries.Count;
            if (next.Depth > 0 && entries.Any(entry => entry.Name == "pyvenv.cfg"))
                continue; // somebody's virtualenv
            foreach (var entry in entries)
                if (entry is FileInfo && (entry.Name.EndsWith(".py") || entry.Name.EndsWith(".so")))
                    yield return next.Relative + entry.Name;
                else if (entry is DirectoryInfo inner && next.Depth < MaxDepth && IsOwn(inner))
                    folders.Enqueue((inner, $"{next.Relative}{inner.Name}/", next.Depth + 1));
        }
    }

    private static List<FileSystemInfo> Entries(DirectoryInfo folder, int most)
    {
        try
        {
            return
            [
                .. folder.EnumerateFileSystemInfos().Take(most).OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsOwn(DirectoryInfo folder) =>
        folder.Name[0] != '.' && !Passed.Contains(folder.Name) && folder.LinkTarget is null;
}
