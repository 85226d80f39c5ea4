namespace Verso.Rendering.Logs;

/// <summary>The modules among a project's own files, found once when first asked for.</summary>
internal sealed class ProjectModules(string projectDirectory)
{
    private const int MaxEntries = 20_000;
    private const int MaxDepth = 12;

    private readonly Lazy<IReadOnlyList<string>> _paths = new(() =>
        [.. Find(new DirectoryInfo(projectDirectory), "", 0)]
    );

    /// <returns>The path, relative to the project, of a module of that very name; the shortest if there are several.</returns>
    public string? Find(string name) => Shortest(path => NameOf(path) == name);

    /// <returns>The same for one whose name differs in case, or holds a hyphen where a module's name cannot.</returns>
    public string? FindSimilar(string name) =>
        Shortest(path => NameOf(path).Replace('-', '_').Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The name that a path would be imported by.</summary>
    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.TrimEnd('/'));

    private string? Shortest(Func<string, bool> matches) =>
        _paths
            .Value.Where(matches)
            .OrderBy(path => path.Count(c => c == '/'))
            .ThenBy(path => path.Length)
            .FirstOrDefault();

    // Files as a/b.py, packages as a/b/.
    private static IEnumerable<string> Find(DirectoryInfo folder, string relative, int depth)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = [.. folder.EnumerateFileSystemInfos().Take(MaxEntries)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        if (depth > 0 && entries.Any(entry => entry.Name == "pyvenv.cfg"))
            yield break; // somebody's virtualenv
        if (depth > 0 && entries.Any(IsModule))
            yield return relative;
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
            if (IsModule(entry) && entry.Name != "__init__.py")
                yield return relative + entry.Name;
            else if (entry is DirectoryInfo inner && depth < MaxDepth && IsOwn(inner))
                foreach (var path in Find(inner, $"{relative}{inner.Name}/", depth + 1))
                    yield return path;
    }

    private static bool IsModule(FileSystemInfo entry) => entry is FileInfo && entry.Name.EndsWith(".py");

    private static bool IsOwn(DirectoryInfo folder) =>
        folder.Name[0] is not ('.' or '_')
        && folder.Name is not ("node_modules" or "site-packages" or "dist-packages")
        && folder.LinkTarget is null;
}
