using System.Text;
using Verso.Rendering.Caching;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Engines.Quarto;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The render of a project of plain pages, one after the other; as Quarto's it ends with the first that fails.</summary>
internal sealed class ProjectRender(
    EngineRequest request,
    RenderCaches caches,
    KeptRuns runs,
    Sandbox sandbox,
    TimeProvider time,
    IProgress<RenderProgress>? progress
)
{
    public async Task<EngineResult> RunAsync(CancellationToken cancellationToken)
    {
        var project = request.Render.Target;
        var (outputs, entries, log) = (new List<EngineOutput>(), new List<LogEntry>(), new StringBuilder());
        var pages = ProjectPages.Of(project);
        if (pages.Type is "website" or "book" or "manuscript")
            entries.Add(
                new LogEntry(
                    EntryLevel.Warning,
                    $"The builtin engine makes a {pages.Type}'s pages alone; its navigation and search need Quarto.",
                    File: QuartoProject.FileName
                )
            );
        var timings = new Dictionary<string, double>();
        foreach (var (i, document) in request.Documents.Index())
        {
            log.AppendLine($"[{i + 1}/{request.Documents.Count}] {Path.GetRelativePath(project, document.Path)}");
            var one = request with
            {
                Documents = [document],
                WorkDirectory = Directory.CreateDirectory(Path.Combine(request.WorkDirectory, $"{i + 1}")).FullName,
            };
            var result = await new DocumentRender(one, caches, runs, sandbox, time, progress).RunAsync(
                cancellationToken
            );
            entries.AddRange(result.Entries);
            log.Append(result.Log);
            foreach (var (stage, milliseconds) in result.Timings)
                timings[stage] = timings.GetValueOrDefault(stage) + milliseconds;
            if (result.Outputs.Count == 0)
                return result with { Entries = entries, Log = log.ToString(), Timings = timings };
            var folder = Path.GetRelativePath(project, document.Directory);
            outputs.AddRange(
                result.Outputs.Select(output =>
                    output with
                    {
                        Name = folder == "." ? output.Name : Path.Combine(folder, output.Name),
                    }
                )
            );
        }
        return new EngineResult(
            [.. outputs.OrderBy(output => output.Kind)],
            pages.OutputFolder,
            entries,
            log.ToString(),
            timings
        );
    }
}
