using Verso.Environments.Interpreters;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Checking;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering;

/// <summary>Takes a document, or a whole project, from its files to its outputs: environment, engine, log, outputs.</summary>
/// <param name="modules">For advice about modules that are missing.</param>
public sealed class Renderer(
    EnvironmentStore environments,
    IEngine engine,
    Sandbox sandbox,
    TimeProvider time,
    ModuleSources? modules = null
)
{
    /// <summary>Never throws for what a document or an installation lacks: the result's log says it.</summary>
    public async Task<RenderResult> RenderAsync(
        RenderRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        request = request with { Target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Target)) };
        var isProject = Directory.Exists(request.Target);
        var project = request.Project ?? ProjectDirectory.At(request.Target);
        var file = isProject ? null : Path.GetRelativePath(project, request.Target);
        var render = new RenderInProgress(engine.Name, project);
        var refusal =
            !isProject && !IsDocument(request.Target)
                ? "This is no document; its name must end in .qmd or .md."
                : engine.Refuse(request);
        if (refusal is not null)
        {
            // Not even a log is written: it might replace the very file.
            render.Fail(RenderStatus.Failure, new LogEntry(EntryLevel.Error, refusal, File: file));
            return render.ToResult();
        }
        var outputs = new OutputPlace(request, project);
        if (outputs.LinkOnTheWay() is { } link)
        {
            var message =
                $"The outputs would be written through a link, {link}. Put a folder in its place, or name another with --output-dir.";
            render.Fail(RenderStatus.Failure, new LogEntry(EntryLevel.Error, message, File: file));
            return render.ToResult();
        }
        try
        {
            await RenderAsync(request, project, outputs, render, progress, cancellationToken);
        }
        catch (DocumentException e)
        {
            render.Fail(RenderStatus.Failure, new LogEntry(EntryLevel.Error, e.Message, File: file, Line: e.Line));
        }
        catch (Exception e)
            when (e
                    is InterpreterException
                        or ProgramNotFoundException
                        or SandboxUnavailableException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            render.Fail(RenderStatus.Error, new LogEntry(EntryLevel.Error, e.Message));
        }
        WriteLog(request, outputs, render);
        render.Timings["total"] = Milliseconds(started);
        return render.ToResult();
    }

    private async Task RenderAsync(
        RenderRequest request,
        string project,
        OutputPlace outputs,
        RenderInProgress render,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var sources = await engine.ReadAsync(request.Target, cancellationToken);
        var started = time.GetTimestamp();
        using var environment = sources.RunsCode
            ? await environments.AcquireAsync(
                new EnvironmentRequest(project, request.AllowInstall)
                {
                    Owner = request.Owner,
                    Resolution = request.Resolution,
                    UntrustedFiles = request.UntrustedFiles,
                    Retry = request.Retry,
                },
                new BuildProgress(progress),
                cancellationToken
            )
            : new EnvironmentOutcome.Base(BaseReason.NotNeeded, "The document runs no code.", [], "");
        render.Timings["environment"] = Milliseconds(started);
        render.Accept(environment, time.GetElapsedTime(started));
        if (request.Acquired is { } acquired)
            await acquired(environment);

        var staging = StagingDirectory.CreateTemporary();
        var work = staging.Path;
        try
        {
            var python =
                sources.RunsCode ? await RunningPython.OfAsync(environments, environment, cancellationToken)
                : sources.MayRunCode ? await RunningPython.TryBaseAsync(environments, cancellationToken)
                : RunningPython.None;
            var advisor = new ModuleAdvisor(project, environment)
            {
                DocumentDirectory = sources.Documents is [var only] ? only.Directory : project,
                Python = python.Version,
                Sources = modules ?? ModuleSources.None,
                Confinement = sandbox.IsConfined ? new Confinement(project) : null,
            };
            var engineRequest = new EngineRequest(
                request,
                sources.Documents,
                project,
                environment,
                python.Path,
                python.Folders,
                work
            )
            {
                Advisor = advisor,
                PythonFingerprint = python.Fingerprint,
            };
            render.Warn(sources.Documents.SelectMany(document => InstallCommands.In(document, advisor, project)));
            // Beside the cells, so that it costs them nothing; a document that ran has nothing left to be warned of.
            await using var warning = ImportWarning.Start(sandbox, engineRequest, python, progress, cancellationToken);
            var result = await engine.RenderAsync(engineRequest, progress, cancellationToken);
            if (result.Outputs.Count == 0)
                render.Warn(await warning.BesidesAsync(result.Entries));
            render.Accept(result);
            foreach (var (path, output) in outputs.Put(result).Zip(result.Outputs))
                render.Add(path, output.Kind);
        }
        finally
        {
            await RemoveAsync(staging);
        }
    }

    private static bool IsDocument(string path) => Path.GetExtension(path).ToLowerInvariant() is ".qmd" or ".md";

    private static void WriteLog(RenderRequest request, OutputPlace outputs, RenderInProgress render)
    {
        try
        {
            var path = outputs.LogPath();
            OutputPlace.Replace(
                path,
                temporary =>
                    File.WriteAllText(
                        temporary,
                        $"{OutputPlace.LogHeading}{Path.GetFileName(request.Target)}\n{render.LogText}"
                    )
            );
            render.Add(path, OutputKind.Log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            render.Fail(RenderStatus.Error, new LogEntry(EntryLevel.Error, $"The log cannot be written: {e.Message}"));
        }
    }

    private static async Task RemoveAsync(StagingDirectory work)
    {
        try
        {
            using (work)
                await FolderTree.DeleteAsync(work.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The document's code ran in there, and what it locked away must not cost it the render.
        }
    }

    private double Milliseconds(long since) => Math.Round(time.GetElapsedTime(since).TotalMilliseconds, 1);

    private sealed class BuildProgress(IProgress<RenderProgress>? next) : IProgress<string>
    {
        public void Report(string value) => next?.Report(new RenderProgress(RenderStage.Environment, value));
    }
}
