using System.Text;
using Verso.Rendering.Documents;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Renders without Quarto: cells in Verso's own runner, then one run of pandoc.</summary>
public sealed class BuiltinEngine(Sandbox sandbox, TimeProvider time) : IEngine
{
    /// <summary>The formats it can make, by Quarto's names.</summary>
    public static readonly IReadOnlyList<string> Formats = ["html"];

    public string Name => "builtin";

    public string? Refuse(RenderRequest request)
    {
        if (request.Format is { } format && !Formats.Contains(format))
            return $"The builtin engine cannot make '{format}' yet; it makes: {string.Join(", ", Formats)}.";
        return Directory.Exists(request.Target)
            ? $"The builtin engine renders no whole projects yet; name a document in '{request.Target}', or install Quarto."
            : null;
    }

    public async Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken)
    {
        var document = await QuartoDocument.LoadAsync(target, cancellationToken);
        var settings = new DocumentSettings(document.FrontMatter, Formats[0]);
        return new EngineSources([document], RunsCode(document, settings));
    }

    public async Task<EngineResult> RenderAsync(
        EngineRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var log = new StringBuilder();
        var timings = new Dictionary<string, double>();
        var entries = new DocumentWarnings(request).All().ToList();
        var figures = Directory.CreateDirectory(Path.Combine(request.WorkDirectory, "figures")).FullName;
        Directory.CreateDirectory(request.HomeDirectory);

        foreach (var warning in entries)
            log.AppendLine(warning.ToString());

        var started = time.GetTimestamp();
        var execution = await CellRunner.RunAsync(
            request,
            sandbox,
            new LoggedProgress(log, progress),
            text => log.Append(TerminalText.Plain(text)),
            cancellationToken
        );
        timings["execute"] = Milliseconds(started);
        if (execution.Failure is { } failure)
        {
            var entry = ExecutionLog.Describe(failure, request.Document, request.Advisor, request.ProjectDirectory);
            log.AppendLine(TerminalText.Plain(entry.Raw ?? "")).AppendLine(entry.ToString());
            var isInstallationFault = failure is ExecutionFailure.Unusable;
            return new EngineResult(
                [],
                request.Document.Directory,
                [.. entries, entry],
                log.ToString(),
                timings,
                isInstallationFault
            );
        }

        progress?.Report(new RenderProgress(RenderStage.Document, "Making the document"));
        started = time.GetTimestamp();
        var libraries = new LibraryScripts(execution.Libraries);
        var markdown = new MarkdownComposer(
            request.Document,
            request.Settings,
            execution,
            libraries,
            figures
        ).Compose();
        var output = Path.Combine(request.WorkDirectory, "document.html");
        var run = await Pandoc.ToHtmlAsync(markdown, request, output, sandbox, cancellationToken);
        var pandoc = run.Process;
        if (run.Explanation is { } overrun)
            entries.Add(new LogEntry(EntryLevel.Error, $"Making the document was too much. {overrun}"));
        if (pandoc.Succeeded)
            await libraries.FillAsync(output, cancellationToken);
        timings["pandoc"] = Milliseconds(started);
        log.Append(pandoc.Error);
        entries.AddRange(PandocLog.Read(pandoc, Path.GetRelativePath(request.ProjectDirectory, request.Document.Path)));
        var name = Path.ChangeExtension(request.Document.FileName, "html");
        return new EngineResult(
            pandoc.Succeeded ? [new EngineOutput(output, name, OutputKind.Document)] : [],
            request.Document.Directory,
            entries,
            log.ToString(),
            timings
        );
    }

    // Whether any of it is to be run.
    private static bool RunsCode(QuartoDocument document, DocumentSettings settings) =>
        document.Blocks.Any(block =>
            block is DocumentBlock.Inline
            || block is DocumentBlock.Cell { Language: "python" } cell && CellSettings.Of(cell, settings).Evaluate
        );

    private double Milliseconds(long since) => Math.Round(time.GetElapsedTime(since).TotalMilliseconds, 1);

    private sealed class LoggedProgress(StringBuilder log, IProgress<RenderProgress>? next) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value)
        {
            log.AppendLine(value.Message);
            next?.Report(value);
        }
    }
}
