using Verso.Testing;

namespace Verso.Bench.Store;

/// <summary>
/// What the benchmarks of the store share. All that they make stays until the end: for a while after many files were
/// deleted, a file system may create new ones much more slowly.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private int _made;

    public Workplace() => Packages = new PackageSet(_directory.Combine("wheels"));

    public PackageSet Packages { get; }

    /// <summary>A path where nothing is yet.</summary>
    public string NewPath(string name) => _directory.Combine($"{name}-{_made++}");

    /// <returns>The directory of a project that asks for packages.</returns>
    public string NewProject(IEnumerable<string> names)
    {
        var project = NewPath("project");
        Directory.CreateDirectory(project);
        File.WriteAllLines(Path.Combine(project, "requirements.vrf"), names);
        return project;
    }

    public void Dispose() => _directory.Dispose();
}
