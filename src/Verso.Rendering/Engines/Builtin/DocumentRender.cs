using System.Text;
using Verso.Rendering.Caching;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The render of one document: its cells once for all formats that they cannot tell apart, then each format.</summary>
internal sealed class DocumentRender(
    EngineRequest request,
    RenderCaches caches,
    Sandbox sandbox,
    TimeProvider time,
    IProgress<RenderProgress>? progress
)
{
    private readonly StringBuilder _log = new();
    private readonly Dictionary<string, double> _timings = [];
    private readonly List<LogEntry> _entries = [];
    private bool _isInstallationFault;

    public async Task<EngineResult> RunAsync(CancellationToken cancellationToken)
    {
        Warn(new DocumentWarnings(request).All());
        Directory.CreateDirectory(request.HomeDirectory);
        var renditions = AskedFormats.Of(request);
        var figures = FigureFormats.Of(renditions);
        var outputs = new List<EngineOutput>();
        await using var fonts = await FontCache.OpenAsync(caches, request);
        foreach (var alike in renditions.GroupBy(each => CellRunner.Input(each.Document, each.Settings, figures)))
        {
            var started = time.GetTimestamp();
            var execution = await CellRunner.RunAsync(
                request,
                alike.First().Settings,
                figures,
                fonts.Folder,
                sandbox,
                new LoggedProgress(_log, progress),
                text => _log.Append(TerminalText.Plain(text)),
                cancellationToken
            );
            Count("execute", started);
            if (execution.Failure is { } failure)
                return Failed(failure);
            progress?.Report(new RenderProgress(RenderStage.Document, "Making the document"));
            started = time.GetTimestamp();
            var made = await Task.WhenAll(
                alike.Select(each => each.Format.MakeAsync(each, execution, sandbox, cancellationToken))
            );
            Count("pandoc", started);
            foreach (var each in made)
            {
                _isInstallationFault |= each.IsInstallationFault;
                outputs.AddRange(each.Outputs);
                // What each of several formats has to say is said once.
                _entries.AddRange(each.Entries.ExceptBy(_entries.Select(Said), Said).ToList());
                _log.Append(each.Log);
            }
        }
        // A format that did not come out fails the render, as it does Quarto's.
        if (_entries.Any(entry => entry.Level == EntryLevel.Error))
            outputs.Clear();
        return Result([.. outputs.OrderBy(output => output.Kind)]);
    }

    private static (EntryLevel, string, string?, int?) Said(LogEntry entry) =>
        (entry.Level, entry.Message, entry.File, entry.Line);

    private EngineResult Failed(ExecutionFailure failure)
    {
        var entry = ExecutionLog.Describe(failure, request.Document, request.Advisor, request.ProjectDirectory);
        _log.AppendLine(TerminalText.Plain(entry.Raw ?? "")).AppendLine(entry.ToString());
        _entries.Add(entry);
        return Result([]) with { IsInstallationFault = failure is ExecutionFailure.Unusable };
    }

    private EngineResult Result(IReadOnlyList<EngineOutput> outputs) =>
        new(outputs, request.Document.Directory, _entries, _log.ToString(), _timings, _isInstallationFault);

    private void Warn(IEnumerable<LogEntry> warnings)
    {
        foreach (var warning in warnings)
        {
            _entries.Add(warning);
            _log.AppendLine(warning.ToString());
        }
    }

    private void Count(string stage, long since) =>
        _timings[stage] = Math.Round(
            _timings.GetValueOrDefault(stage) + time.GetElapsedTime(since).TotalMilliseconds,
            1
        );

    private sealed class LoggedProgress(StringBuilder log, IProgress<RenderProgress>? next) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value)
        {
            log.AppendLine(value.Message);
            next?.Report(value);
        }
    }
}
