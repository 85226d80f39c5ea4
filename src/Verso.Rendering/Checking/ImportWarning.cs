using Verso.Rendering.Engines;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>The check of a document's imports while its cells run: who waits for them learns at once what will fail.</summary>
internal sealed class ImportWarning : IAsyncDisposable
{
    // Cells that are done by then have nothing taken from them, and need no warning.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _wanted = new();
    private readonly Task<IReadOnlyList<LogEntry>> _check;

    private ImportWarning(CancellationTokenSource stop, Func<Task<IReadOnlyList<LogEntry>>> check)
    {
        _stop = stop;
        // Elsewhere from the start, for it begins with copying files.
        _check = Task.Run(() => CheckAsync(check), CancellationToken.None);
    }

    public static ImportWarning Start(
        Sandbox sandbox,
        EngineRequest request,
        RunningPython python,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return new ImportWarning(stop, () => CheckAsync(sandbox, request, python, progress, stop.Token));
    }

    /// <summary>What else will fail, besides what did.</summary>
    public async Task<IReadOnlyList<LogEntry>> BesidesAsync(IReadOnlyList<LogEntry> failed)
    {
        _wanted.TrySetResult();
        return
        [
            .. (await _check).Where(warning =>
                failed.All(entry =>
                    entry.Advice?.Module != warning.Advice?.Module
                    && (entry.File, entry.Line) != (warning.File, warning.Line)
                )
            ),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Nothing of it outlives the render, whose own end counts.
        await ((Task)_check).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<IReadOnlyList<LogEntry>> CheckAsync(Func<Task<IReadOnlyList<LogEntry>>> check)
    {
        await Task.WhenAny(_wanted.Task, Task.Delay(Patience, _stop.Token));
        return _stop.IsCancellationRequested ? [] : await check();
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
