using Verso.Environments.Requirements;

namespace Verso.Rendering.Documents;

public static class ProjectDirectory
{
    /// <summary>The nearest folder upwards that holds <c>requirements.vrf</c> or <c>_quarto.yml</c>, else the document's own.</summary>
    public static string Of(string documentPath) => Containing(Path.GetDirectoryName(Path.GetFullPath(documentPath))!);

    /// <summary>Of what is to be rendered: a document's, or the folder itself that is named as a project.</summary>
    public static string At(string target) =>
        Directory.Exists(target) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) : Of(target);

    /// <summary>The same for what stands in a folder.</summary>
    public static string Containing(string own)
    {
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
            if (
                Path.Exists(Path.Combine(folder, RequirementsFile.Name))
                || File.Exists(Path.Combine(folder, "_quarto.yml"))
            )
                return folder;
        return own;
    }
}
