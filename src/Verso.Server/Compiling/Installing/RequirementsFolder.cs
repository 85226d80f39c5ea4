using Verso.Environments.Requirements;

namespace Verso.Server.Compiling.Installing;

/// <summary>A folder with nothing but a project's requirements in it, which is what the environment store reads.</summary>
internal sealed class RequirementsFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("verso-requirements-");

    public RequirementsFolder(string requirements) => RequirementsFile.Replace(Path, requirements);

    public string Path => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
