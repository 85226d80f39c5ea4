namespace Verso.Rendering.Logs;

/// <summary>Paths that are read from what a document's code may have written.</summary>
internal static class ProjectPath
{
    private const int MaxLength = 1000;

    /// <summary>Whether it can be the name of a file in the project, relative to it.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength
        && !Path.IsPathRooted(path)
        && !path.Split('/').Contains("..")
        && !path.Any(char.IsControl);
}
