using Verso.Server.Projects.Changes;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects;

/// <summary>Sample projects: the folders of <c>Projects:Examples</c> that hold a document.</summary>
internal sealed class ExampleProjects(ProjectsOptions options, BlobStore blobs)
{
    public IReadOnlyList<string> Names =>
        Directory.Exists(options.Examples)
            ?
            [
                .. Directory
                    .EnumerateDirectories(options.Examples)
                    .Where(folder => Directory.EnumerateFiles(folder, "*.qmd").Any())
                    .Select(folder => Path.GetFileName(folder))
                    .Order(),
            ]
            : [];

    /// <returns>The files, which the caller disposes.</returns>
    public async Task<List<FileChange.Write>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Examples, name);
        var files = new List<FileChange.Write>();
        foreach (
            var path in Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => !IsRendered(path))
                .Order()
        )
        {
            await using var content = File.OpenRead(path);
            files.Add(
                new FileChange.Write(
                    Path.GetRelativePath(folder, path),
                    (await blobs.StageAsync(content, long.MaxValue, cancellationToken))!
                )
            );
        }
        return files;
    }

    // Somebody may have rendered the example where it stands.
    private static bool IsRendered(string path) =>
        Path.GetFileName(path) == "output.log"
        || Path.GetExtension(path) is ".html" or ".pdf" or ".docx" or ".pptx"
            && File.Exists(Path.ChangeExtension(path, ".qmd"));
}
