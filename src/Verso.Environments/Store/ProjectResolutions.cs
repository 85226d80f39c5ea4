using System.Security.Cryptography;
using System.Text;
using Verso.Environments.Resolving;

namespace Verso.Environments.Store;

/// <summary>
/// What the requirements of projects on this machine resolved to: each keeps its own, so that no other project's refresh
/// moves it. (A workspace keeps a project's resolution with the project instead.)
/// </summary>
public sealed class ProjectResolutions(StoreLayout layout)
{
    public Resolution? Find(string projectDirectory)
    {
        var path = FileOf(projectDirectory);
        var resolution = StoreJson.TryRead<Resolution>(path);
        if (resolution is not null)
            EnvironmentFiles.Touch(path);
        return resolution;
    }

    public void Keep(string projectDirectory, Resolution resolution)
    {
        try
        {
            StoreJson.Write(FileOf(projectDirectory), resolution);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk must not cost anybody what has come out; it is resolved again next time.
        }
    }

    private string FileOf(string projectDirectory) =>
        Path.Combine(
            layout.Projects,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(projectDirectory))))
                + ".json"
        );
}
