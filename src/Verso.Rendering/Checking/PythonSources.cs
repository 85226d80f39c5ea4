using Verso.Rendering.Documents;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>A copy of a project's modules, which the sandbox can read whoever owns the project.</summary>
internal sealed class PythonSources : IDisposable
{
    private const int MaxFiles = 2000;
    private const long MaxBytes = 1 << 20; // of one file

    private readonly StagingDirectory _staging = StagingDirectory.CreateTemporary();
    private readonly string _project;

    /// <param name="folders">Of the project, that are to be there even without modules.</param>
    public PythonSources(string project, IEnumerable<string> folders)
    {
        _project = project;
        foreach (var folder in folders)
            Directory.CreateDirectory(Path.Combine(_staging.Path, Path.GetRelativePath(project, folder)));
        foreach (var relative in PythonFiles.In(project).Take(MaxFiles))
        {
            var (source, target) = (Path.Combine(project, relative), Path.Combine(_staging.Path, relative));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Of compiled modules, and of what is too long to be anybody's own, it is enough that they are there.
            if (
                !relative.EndsWith(".py")
                || new FileInfo(source).Length > MaxBytes
                || !RegularFile.TryCopy(source, target)
            )
                File.WriteAllBytes(target, []);
        }
    }

    public WritableFolder Folder => new(_staging.Path, _project);

    public void Dispose() => _staging.Dispose();
}
