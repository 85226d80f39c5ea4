using Verso.Rendering.Execution;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>What becomes of the copy of a project that Quarto has worked in.</summary>
/// <param name="document">Relative to the project; null when it was the whole of it.</param>
internal sealed class QuartoSettling(
    EngineRequest request,
    WritableProject project,
    QuartoProject settings,
    string? document
)
{
    /// <summary>Where outputs belong unless another place was asked for.</summary>
    public string Folder { get; } =
        Path.TrimEndingDirectorySeparator(Path.Combine(request.ProjectDirectory, settings.FolderFor(document)));

    /// <summary>Takes the outputs out of the copy, which is gone after the render.</summary>
    public IReadOnlyList<EngineOutput> Take(IReadOnlyList<(string Path, OutputKind Kind)> made)
    {
        var outputs = new List<EngineOutput>();
        foreach (var (path, kind) in made)
        {
            var place = Path.Combine(project.Root, path);
            if (project.IsCopy)
            {
                var aside = Path.Combine(request.WorkDirectory, "outputs", path);
                Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
                File.Move(place, aside);
                place = aside;
            }
            outputs.Add(new EngineOutput(place, NameOf(path), kind));
        }
        return outputs;
    }

    /// <summary>Of a whole project's outputs those of earlier renders that are no more.</summary>
    public IReadOnlyList<string> Gone(IReadOnlyList<(string Path, OutputKind Kind)> made) =>
        made.Count > 0 && (document, request.Render.OutputDirectory, settings.OutputFolder) is (null, null, { } folder)
            ? [.. project.Gone(folder).Except(made.Select(output => output.Path)).Select(NameOf)]
            : [];

    /// <summary>
    /// Brings back what the documents' code wrote, and of what Quarto made nothing: outputs have been taken, and of a
    /// failed render there are none.
    /// </summary>
    /// <returns>What to say of what could not be brought back.</returns>
    public IReadOnlyList<LogEntry> BringBack(IReadOnlyList<(string Path, OutputKind Kind)> made, bool failed)
    {
        var outputs = made.Select(output => output.Path).ToHashSet();
        string[] documents =
            document is not null ? [document]
            : failed ? [.. request.Documents.Select(each => Path.GetRelativePath(request.ProjectDirectory, each.Path))]
            : [];
        return project.BringBack(except: path =>
            outputs.Contains(path) || QuartoOutputs.IsMade(path, settings, documents)
        );
    }

    private string NameOf(string path) => Path.GetRelativePath(Folder, Path.Combine(request.ProjectDirectory, path));
}
