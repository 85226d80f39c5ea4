using Verso.Rendering.Engines;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>The check of a document's imports while its cells run: who waits for them learns at once what will fail.</summary>
internal sealed class ImportWarning : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<IReadOnlyList<LogEntry>> _check;

    private ImportWarning(CancellationTokenSource stop, Task<IReadOnlyList<LogEntry>> check) =>
        (_stop, _check) = (stop, check);

    public static ImportWarning Start(
        Sandbox sandbox,
        EngineRequest request,
        RunningPython python,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Elsewhere from the start, for it begins with copying files.
        return new ImportWarning(
            stop,
            Task.Run(() => CheckAsync(sandbox, request, python, progress, stop.Token), CancellationToken.None)
        );
    }

    /// <summary>What else will fail, besides what did.</summary>
    public async Task<IReadOnlyList<LogEntry>> BesidesAsync(IReadOnlyList<LogEntry> failed) =>
        [
            .. (await _check).Where(warning =>
                failed.All(entry =>
                    entry.Advice?.Module != warning.Advice?.Module
                    && (entry.File, entry.Line) != (warning.File, warning.Line)
                )
            ),
        ];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Nothing of it outlives the render, whose own end counts.
        await ((Task)_check).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task<IReadOnlyList<LogEntry>> CheckAsync(
        Sandbox sandbox,
        EngineRequest request,
        RunningPython python,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        if (python.Path.Length == 0)
            return [];
        try
        {
            var found = await new ImportCheck(sandbox).RunAsync(
                request.ProjectDirectory,
                request.Documents,
                python,
                _ => request.Advisor,
                cancellationToken
            );
            var certain = found
                .Where(entry => entry.Level == EntryLevel.Error)
                .Select(entry => entry.Advice?.Module)
                .ToList();
            if (certain.Count > 0)
                progress?.Report(
                    new RenderProgress(RenderStage.Cells, $"The cells will not find {string.Join(", ", certain)}")
                );
            return [.. found.Select(entry => entry with { Level = EntryLevel.Warning })];
        }
        catch (Exception e)
            when (e
                    is OperationCanceledException
                        or SandboxUnavailableException
                        or ProgramNotFoundException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return []; // the cells will meet it too, and say so
        }
    }
}
