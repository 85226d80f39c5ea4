using Verso.Rendering.Documents;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>What <c>_quarto.yml</c> says about where outputs go.</summary>
/// <param name="OutputFolder">Relative to the project; null when outputs stay beside their documents.</param>
/// <param name="LibraryFolder">What pages share, relative to the folder for outputs.</param>
internal sealed record QuartoProject(string? OutputFolder, string LibraryFolder)
{
    public const string FileName = "_quarto.yml";

    private const string DefaultLibraries = "site_libs";
    private const int MaxBytes = 1 << 20;

    /// <summary>Where the outputs of a document (of all of them, when it is null) go, relative to the project.</summary>
    public string FolderFor(string? document) => OutputFolder ?? Path.GetDirectoryName(document) ?? "";

    public static QuartoProject Read(string projectDirectory)
    {
        try
        {
            var map = YamlMap.Parse(Text(Path.Combine(projectDirectory, FileName)), 1).Map("project") ?? YamlMap.Empty;
            var folder =
                map.Text("output-dir")
                ?? map.Text("type") switch
                {
                    "website" => "_site",
                    "book" => "_book",
                    "manuscript" => "_manuscript",
                    _ => ".",
                };
            return new QuartoProject(
                Inside(projectDirectory, folder),
                map.Text("lib-dir")?.TrimEnd('/') ?? DefaultLibraries
            );
        }
        catch (DocumentException)
        {
            return new QuartoProject(null, DefaultLibraries); // Quarto itself will say what is wrong
        }
    }

    private static string Text(string path)
    {
        using var file = RegularFile.Open(path);
        if (file is null || file.Length > MaxBytes)
            return "";
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    // What lies outside is not there in the sandbox.
    private static string? Inside(string projectDirectory, string folder)
    {
        if (folder.Contains('\0'))
            return null;
        var path = Path.GetFullPath(Path.Combine(projectDirectory, folder));
        return path.StartsWith(projectDirectory + '/', StringComparison.Ordinal)
            ? Path.GetRelativePath(projectDirectory, path)
            : null;
    }
}
