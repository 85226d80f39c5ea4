namespace Verso.Rendering.Documents;

/// <summary>What a project says to its documents: <c>_quarto.yml</c>, then <c>_metadata.yml</c> of each folder on the way.</summary>
internal static class ProjectMetadata
{
    private static readonly string[] Names = ["_quarto.yml", "_quarto.yaml", "_metadata.yml", "_metadata.yaml"];

    private const int MostFiles = 100;

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
        // Files that name each other would go on for ever.
        if (layers.Exists(layer => layer.File == path) || ProjectFile.TryRead(project, path) is not { } text)
            return;
        if (layers.Count >= MostFiles)
            throw new DocumentException($"the project's metadata are more than {MostFiles} files.");
        var map = Read(text, path, project);
        layers.Add(map);
        foreach (var name in map.Texts("metadata-files"))
            Add(layers, project, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, name)));
    }

    private static YamlMap Read(string text, string path, string project)
    {
        try
        {
            return YamlMap.Parse(text, 1, path);
        }
        catch (DocumentException e)
        {
            throw new DocumentException($"{Path.GetRelativePath(project, path)}, line {e.Line}: {e.Message}");
        }
    }
}
