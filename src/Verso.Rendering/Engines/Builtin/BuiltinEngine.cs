using Verso.Rendering.Caching;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Renders without Quarto: cells in Verso's own runner, then one run of pandoc for each format.</summary>
public sealed class BuiltinEngine(string cacheDirectory, Sandbox sandbox, TimeProvider time) : IEngine
{
    // Apart from what Quarto keeps, which documents' code may fill as it likes.
    private readonly RenderCaches _caches = new(Path.Combine(cacheDirectory, "builtin"), time);

    private readonly KeptRuns _runs = new(Path.Combine(cacheDirectory, "runs"), time);

    /// <summary>The formats it can make, by Quarto's names.</summary>
    public static readonly IReadOnlyList<string> Formats = [.. OutputFormat.All.Select(format => format.Name)];

    /// <summary>The program that prints PDF; null when there is none.</summary>
    public static string? PrinterPath => Chromium.TryFind();

    public string Name => "builtin";

    public string? Refuse(RenderRequest request) =>
        request.Format is { } format && !Formats.Contains(format)
            ? $"The builtin engine cannot make '{format}' yet; it makes: {string.Join(", ", Formats)}."
            : null;

    public async Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken)
    {
        // Whatever comes next needs it, and it is found out meanwhile.
        var probe = sandbox.IsConfined ? Sandbox.ProbeAsync() : Task.CompletedTask;
        try
        {
            var documents = new List<QuartoDocument>();
            if (Directory.Exists(target))
                foreach (var path in ProjectPages.Of(target).Paths)
                    documents.Add(await LoadPageAsync(target, path, cancellationToken));
            else
                documents.Add(
                    await QuartoDocument.LoadWholeAsync(target, ProjectDirectory.Of(target), cancellationToken)
                );
            return new EngineSources(documents, documents.Any(RunsCode));
        }
        finally
        {
            await probe; // it has a folder of its own to remove
        }
    }

    public async Task<EngineResult> RenderAsync(
        EngineRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        Directory.Exists(request.Render.Target)
            ? await new ProjectRender(request, _caches, _runs, sandbox, time, progress).RunAsync(cancellationToken)
            : await new DocumentRender(request, _caches, _runs, sandbox, time, progress).RunAsync(cancellationToken);

    private static async Task<QuartoDocument> LoadPageAsync(
        string project,
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await QuartoDocument.LoadWholeAsync(path, project, cancellationToken);
        }
        catch (DocumentException e)
        {
            throw new DocumentException($"{Path.GetRelativePath(project, path)}: {e.Message}", e.Line);
        }
    }

    // Whether any of it is to be run, in whichever format.
    private static bool RunsCode(QuartoDocument document)
    {
        var formats = AskedFormats.Named(document).Intersect(Formats).Append(Formats[0]);
        return document.Blocks.Any(block =>
            block is DocumentBlock.Inline
            || block is DocumentBlock.Cell { Language: "python" } cell
                && formats.Any(format => CellSettings.Of(cell, document.SettingsFor(format)).Evaluate)
        );
    }
}
