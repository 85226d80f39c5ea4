using Verso.Environments.Interpreters;
using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Checking;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines;
using Verso.Rendering.Engines.Builtin;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering;

/// <summary>Takes a document from its file to its outputs: environment, engine, log, outputs.</summary>
/// <param name="modules">For advice about modules that are missing.</param>
public sealed class Renderer(
    EnvironmentStore environments,
    Sandbox sandbox,
    TimeProvider time,
    ModuleSources? modules = null
)
{
    private const string HtmlFormat = "html";
    private const string LogHeading = "Verso's log of ";
    private readonly BuiltinEngine _engine = new(sandbox, time);

    /// <summary>Never throws for what a document or an installation lacks: the result's log says it.</summary>
    public async Task<RenderResult> RenderAsync(
        RenderRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        request = request with { DocumentPath = Path.GetFullPath(request.DocumentPath) };
        var project = ProjectDirectory.Of(request.DocumentPath);
        var file = Path.GetRelativePath(project, request.DocumentPath);
        var render = new RenderInProgress(BuiltinEngine.Name, project);
        if (!IsDocument(request.DocumentPath))
        {
            // Not even a log is written: it might replace the very file.
            const string Message = "This is no document; its name must end in .qmd or .md.";
            render.Fail(RenderStatus.Failure, new LogEntry(EntryLevel.Error, Message, File: file));
            return render.ToResult();
        }
        try
        {
            await RenderAsync(request, project, render, progress, cancellationToken);
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
        WriteLog(request, render);
        render.Timings["total"] = Milliseconds(started);
        return render.ToResult();
    }

    private async Task RenderAsync(
        RenderRequest request,
        string project,
        RenderInProgress render,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var document = await QuartoDocument.LoadAsync(request.DocumentPath, cancellationToken);
        var settings = new DocumentSettings(document.FrontMatter, HtmlFormat);
        var needsPython = BuiltinEngine.RunsCode(document, settings);

        var started = time.GetTimestamp();
        using var environment = needsPython
            ? await environments.AcquireAsync(
                new EnvironmentRequest(project, request.AllowInstall),
                new BuildProgress(progress),
                cancellationToken
            )
            : new EnvironmentOutcome.Base(BaseReason.NotNeeded, "The document runs no code.", [], "");
        render.Timings["environment"] = Milliseconds(started);
        render.Accept(environment, time.GetElapsedTime(started));

        var work = Directory.CreateTempSubdirectory("verso-").FullName;
        try
        {
            var python = needsPython
                ? await RunningPython.OfAsync(environments, environment, cancellationToken)
                : new RunningPython("", [], null);
            var advisor = new ModuleAdvisor(project, environment)
            {
                DocumentDirectory = document.Directory,
                Python = python.Version,
                Sources = modules ?? ModuleSources.None,
            };
            var engineRequest = new EngineRequest(
                document,
                settings,
                project,
                environment,
                python.Path,
                python.Folders,
                work
            )
            {
                Advisor = advisor,
            };
            // Beside the cells, so that it costs them nothing; a document that ran has nothing left to be warned of.
            await using var warning = ImportWarning.Start(sandbox, engineRequest, python, progress, cancellationToken);
            var result = await _engine.RenderAsync(engineRequest, progress, cancellationToken);
            if (result.OutputPath is null)
                render.Warn(await warning.BesidesAsync(result.Entries));
            render.Accept(result);
            if (render.DocumentPath is not { } finished)
                return;
            var output = Path.Combine(OutputDirectory(request), Path.ChangeExtension(document.FileName, "html"));
            Replace(output, temporary => File.Copy(finished, temporary));
            render.Add(output, "text/html");
        }
        finally
        {
            Remove(work);
        }
    }

    private static bool IsDocument(string path) => Path.GetExtension(path).ToLowerInvariant() is ".qmd" or ".md";

    private static string OutputDirectory(RenderRequest request)
    {
        var folder = request.OutputDirectory ?? Path.GetDirectoryName(request.DocumentPath)!;
        return Directory.CreateDirectory(Path.GetFullPath(folder)).FullName;
    }

    private static void WriteLog(RenderRequest request, RenderInProgress render)
    {
        try
        {
            var path = LogPath(request);
            Replace(
                path,
                temporary =>
                    File.WriteAllText(
                        temporary,
                        $"{LogHeading}{Path.GetFileName(request.DocumentPath)}\n{render.LogText}"
                    )
            );
            render.Add(path, "text/plain");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            render.Fail(RenderStatus.Error, new LogEntry(EntryLevel.Error, $"The log cannot be written: {e.Message}"));
        }
    }

    // An output.log that somebody else wrote is left alone.
    private static string LogPath(RenderRequest request)
    {
        var folder = OutputDirectory(request);
        var usual = new FileInfo(Path.Combine(folder, "output.log"));
        return
            !usual.Exists
            || usual.Length == 0
            || usual.LinkTarget is not null
            || File.ReadLines(usual.FullName).First().StartsWith(LogHeading)
            ? usual.FullName
            : Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(request.DocumentPath), "output.log"));
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The document's code ran in there, and what it locked away must not cost it the render.
        }
    }

    // By way of a file beside it, so that an earlier output is replaced whole or not at all, and no link is followed.
    private static void Replace(string path, Action<string> write)
    {
        // Not longer than its own name may be.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".verso-{Guid.NewGuid():N}.tmp");
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private double Milliseconds(long since) => Math.Round(time.GetElapsedTime(since).TotalMilliseconds, 1);

    private sealed class BuildProgress(IProgress<RenderProgress>? next) : IProgress<string>
    {
        public void Report(string value) => next?.Report(new RenderProgress(RenderStage.Environment, value));
    }
}
