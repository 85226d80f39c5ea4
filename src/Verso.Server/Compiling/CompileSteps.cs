using System.Diagnostics;
using Verso.Rendering;
using Verso.Rendering.Logs;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Rendering;
using Verso.Server.Compiling.Running;
using Verso.Server.Compiling.Sync;

namespace Verso.Server.Compiling;

/// <summary>What a compile does once it is its turn: sync, environment and engine, outputs.</summary>
internal sealed class CompileSteps(
    ProjectSync sync,
    ProjectRender render,
    ProjectValidation validation,
    BuildFiles builds,
    CompileEvents events,
    CompileLayout layout,
    CompileServiceOptions options,
    TimeProvider time
)
{
    /// <exception cref="OperationCanceledException">It was stopped; nothing of it runs any more.</exception>
    public async Task<CompileResult> RunAsync(
        CompileTarget target,
        CompileRequest request,
        string buildId,
        CancellationToken cancellationToken
    )
    {
        var limit = LimitOf(target, request.Wanted);
        using var timeout = new CancellationTokenSource(limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var timings = new Dictionary<string, double>();
        var output = layout.NewStaging();
        var progress = new ProgressEvents(target, events);
        Directory.CreateDirectory(output);
        try
        {
            return await RunAsync(target, request, buildId, output, progress, timings, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var entry = new LogEntry(
                EntryLevel.Error,
                $"The compile took longer than {limit.TotalSeconds:0.#} s and was ended. The last that it did: {progress.Last}"
            );
            await File.WriteAllTextAsync(
                Path.Combine(output, RenderedProject.LogName),
                $"{progress.Text}{entry}\n",
                cancellationToken
            );
            return new CompileResult(CompileStatus.Timedout, entry.Message)
            {
                BuildId = buildId,
                Timings = timings,
                LogEntries = ReportedEntry.Of([entry]),
                OutputFiles = await builds.PublishAsync(target, buildId, output, _ => OutputKind.Log),
            };
        }
        finally
        {
            if (Directory.Exists(output))
                Directory.Delete(output, recursive: true); // none but our own files
        }
    }

    private async Task<CompileResult> RunAsync(
        CompileTarget target,
        CompileRequest request,
        string buildId,
        string output,
        ProgressEvents progress,
        Dictionary<string, double> timings,
        CancellationToken cancellationToken
    )
    {
        var folders = layout.Of(target.Name);
        var started = time.GetTimestamp();
        Directory.CreateDirectory(folders.Folder);
        events.Publish(target, new CompileEvent(CompileStage.Syncing, "Bringing the project's files"));
        SyncOutcome outcome;
        using (CompileMetrics.Traces.StartActivity("sync"))
            outcome = await sync.SyncAsync(folders, request, cancellationToken);
        timings["sync"] = Lap(ref started);
        if (outcome is not SyncOutcome.Synced synced)
            return Unsynced(outcome) with { Timings = timings };
        var stats = new CompileStats(synced.IsInitial);

        var (root, fault) = RootDocument.Find(request.RootResourcePath, synced.Paths);
        if (root is null)
            return Failure(fault!) with { Stats = stats, Timings = timings };
        if (request.Wanted.Check == "validate")
        {
            var checkedResult = await validation.CheckAsync(target, request.Wanted, root, progress, cancellationToken);
            timings["compile"] = Lap(ref started);
            return checkedResult with { Stats = stats, Timings = timings };
        }

        var rendered = await RenderAsync(target, request.Wanted, root, output, progress, cancellationToken);
        timings["compile"] = Lap(ref started);
        foreach (var (stage, milliseconds) in rendered.Timings)
            timings[stage] = milliseconds;
        using var collect = CompileMetrics.Traces.StartActivity("collect");
        var files = await builds.PublishAsync(target, buildId, output, rendered.KindOf);
        timings["output"] = Lap(ref started);
        return new CompileResult(StatusOf(rendered, request.Wanted), ErrorOf(rendered))
        {
            Stats = stats,
            Timings = timings,
            BuildId = buildId,
            OutputFiles = files,
            Environment = rendered.Environment,
            LogEntries = ReportedEntry.Of(rendered.Entries),
        };
    }

    private async Task<RenderedProject> RenderAsync(
        CompileTarget target,
        CompileOptions wanted,
        string root,
        string output,
        ProgressEvents progress,
        CancellationToken cancellationToken
    )
    {
        Activity? stage = CompileMetrics.Traces.StartActivity("environment");
        try
        {
            return await render.RenderAsync(
                target,
                wanted,
                root,
                output,
                progress,
                running: () =>
                {
                    stage?.Dispose();
                    stage = CompileMetrics.Traces.StartActivity("engine");
                },
                cancellationToken
            );
        }
        finally
        {
            stage?.Dispose();
        }
    }

    private TimeSpan LimitOf(CompileTarget target, CompileOptions wanted)
    {
        var limit = wanted.Timeout is { } seconds
            ? TimeSpan.FromSeconds(Math.Min(seconds, CompileServiceOptions.MaxTimeout.TotalSeconds))
            : options.Timeout;
        return target.IsAnonymous && limit > options.Anonymous.Timeout ? options.Anonymous.Timeout : limit;
    }

    private static CompileResult Unsynced(SyncOutcome outcome) =>
        outcome switch
        {
            SyncOutcome.Conflict conflict => new CompileResult(CompileStatus.Conflict, conflict.Reason),
            SyncOutcome.Failed failed => Failure(
                $"The file '{failed.Path}' could not be downloaded: {failed.Reason}.",
                failed.Path
            ),
            _ => throw new UnreachableException(),
        };

    private static CompileResult Failure(string sentence, string? file = null) =>
        new(CompileStatus.Failure, sentence)
        {
            LogEntries = ReportedEntry.Of([new LogEntry(EntryLevel.Error, sentence, File: file)]),
        };

    private static CompileStatus StatusOf(RenderedProject rendered, CompileOptions wanted) =>
        rendered.HasDocument ? CompileStatus.Success
        : rendered.IsError ? CompileStatus.Error
        : wanted.StopOnFirstError && rendered.Entries.Any(entry => entry is { Level: EntryLevel.Error, Cell: not null })
            ? CompileStatus.StoppedOnFirstError
        : CompileStatus.Failure;

    private static string? ErrorOf(RenderedProject rendered) =>
        rendered.HasDocument
            ? null
            : rendered.Entries.FirstOrDefault(entry => entry.Level == EntryLevel.Error)?.Message;

    private double Lap(ref long since)
    {
        var now = time.GetTimestamp();
        var milliseconds = Math.Round(time.GetElapsedTime(since, now).TotalMilliseconds, 1);
        since = now;
        return milliseconds;
    }
}
