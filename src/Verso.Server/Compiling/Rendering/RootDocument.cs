namespace Verso.Server.Compiling.Rendering;

/// <summary>Which of a project's files is to be rendered.</summary>
internal static class RootDocument
{
    private static readonly string[] Usual = ["index.qmd", "main.qmd"];

    /// <returns>Its path, or a sentence that says why there is none.</returns>
    public static (string? Path, string? Fault) Find(string? wanted, IReadOnlyCollection<string> paths)
    {
        if (wanted is not null)
            return paths.Contains(wanted)
                ? (wanted, null)
                : (null, $"The project has no file '{wanted}', which is to be rendered.");
        if (Usual.FirstOrDefault(paths.Contains) is { } usual)
            return (usual, null);
        var documents = paths.Where(path => path.EndsWith(".qmd", StringComparison.OrdinalIgnoreCase)).ToList();
        return documents switch
        {
            [var only] => (only, null),
            [] => (null, "The project has no .qmd document to render."),
            _ => (null, $"The project has {documents.Count} documents; name the one to render, or call it index.qmd."),
        };
    }
}
