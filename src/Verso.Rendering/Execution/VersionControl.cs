using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// What version control keeps in a project. Its tools run programs that are named there (hooks, file monitors) without
/// being asked, so documents' code may read it, and neither change it nor make one.
/// </summary>
internal static class VersionControl
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git",
        ".hg",
        ".jj",
        ".svn",
        ".bzr",
    };

    public static bool IsNamed(string name) => Names.Contains(name);

    /// <param name="relative">A path within the project.</param>
    public static bool Holds(string relative) => relative.Split('/').Any(Names.Contains);

    /// <summary>What is in a project: its folders and files are named, and not entered.</summary>
    /// <param name="beyondReach">As of <see cref="FolderTree.Entries"/>.</param>
    public static IEnumerable<FileSystemInfo> Around(string project, Action<string>? beyondReach = null) =>
        FolderTree.Entries(project, beyondReach, entry => !IsNamed(entry.Name));

    /// <summary>Its outermost folders and files.</summary>
    public static IReadOnlyList<string> In(string project) =>
        [
            .. from entry in Around(project)
            where IsNamed(entry.Name) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
            select entry.FullName,
        ];
}
