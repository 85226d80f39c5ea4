using Verso.Rendering.Documents;

namespace Verso.Rendering.Logs.Advising;

/// <summary>The modules of a project's own, looked for when first asked for.</summary>
internal sealed class ProjectModules(string projectDirectory)
{
    // Files as a/b.py, packages as a/b/.
    private readonly Lazy<IReadOnlyList<string>> _paths = new(() =>
        [
            .. PythonFiles
                .In(projectDirectory)
                .SelectMany(file => (string[])[file, file[..(file.LastIndexOf('/') + 1)]])
                .Where(path => path.Length > 0 && !path.EndsWith("__init__.py"))
                .Distinct(),
        ]
    );

    /// <returns>The path, relative to the project, of a module of that very name; the outermost if there are several.</returns>
    public string? Find(string name) => _paths.Value.FirstOrDefault(path => NameOf(path) == name);

    /// <returns>The same for one whose name differs in case, or holds a hyphen where a module's name cannot.</returns>
    public string? FindSimilar(string name) =>
        _paths.Value.FirstOrDefault(path =>
            NameOf(path).Replace('-', '_').Equals(name, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The name that a path would be imported by.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileName(path.TrimEnd('/'));
        return name.IndexOf('.') is > 0 and var dot ? name[..dot] : name;
    }
}
