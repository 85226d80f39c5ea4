namespace Verso.Rendering.Documents;

/// <summary>What a project says to its documents: <c>_quarto.yml</c>, then <c>_metadata.yml</c> of each folder on the way.</summary>
internal static class ProjectMetadata
{
    private static readonly string[] Names = ["_quarto.yml", "_quarto.yaml", "_metadata.yml", "_metadata.yaml"];

    /// <returns>The nearest to the document first.</returns>
    /// <exception cref="DocumentException">One of the files cannot be understood.</exception>
    public static IReadOnlyList<YamlMap> For(string project, string document)
    {
        var layers = new List<YamlMap>();
        for (var folder = Path.GetDirectoryName(document); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var isProject = folder == project;
            foreach (var name in isProject ? Names.Reverse() : Names.Where(name => name.StartsWith("_metadata")))
                Add(layers, project, Path.Combine(folder, name));
            if (isProject || !folder.StartsWith(project, StringComparison.Ordinal))
                break;
        }
        return layers;
    }

    private static void Add(List<YamlMap> layers, string project, string path)
    {
        if (ProjectFile.TryRead(project, path) is not { } text)
            return;
        var relative = Path.GetRelativePath(project, path);
        try
        {
            var map = YamlMap.Parse(text, 1, path);
            layers.Add(map);
            foreach (var name in map.Texts("metadata-files"))
                Add(layers, project, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, name)));
        }
        catch (DocumentException e)
        {
            throw new DocumentException($"{relative}, line {e.Line}: {e.Message}");
        }
    }
}
