using System.Text;
using Verso.Rendering.Caching;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The render of one document: its cells once for all formats that they cannot tell apart, then each format.</summary>
internal sealed class DocumentRender(
    EngineRequest request,
    RenderCaches caches,
    KeptRuns runs,
    Sandbox sandbox,
    TimeProvider time,
    IProgress<RenderProgress>? progress
)
{
    private static readonly LogEntry NotRunAgain = new(
        EntryLevel.Info,
        "The cells were not run again: neither they nor the packages and files that they can see have changed. "
            + "'cache: false' under 'execute' has them run each time."
    );

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
            var execution = await ExecuteAsync(alike.Key, alike.First().Settings, figures, fonts, cancellationToken);
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

    private async Task<ExecutionResult> ExecuteAsync(
        string input,
        DocumentSettings settings,
        IReadOnlyList<string> figures,
        FontCache fonts,
        CancellationToken cancellationToken
    )
    {
        if (!CellRunner.HasWork(request.Document, settings))
            return ExecutionResult.Nothing;
        var isKept = sandbox.IsConfined && (settings.Flag("cache") ?? request.Render.ReusesRuns);
        var key = isKept ? KeptRuns.KeyOf(request, input) : null;
        if (key is not null && runs.Find(key) is { } kept)
        {
            if (!_entries.Contains(NotRunAgain))
                Say(NotRunAgain);
            return kept;
        }
        var execution = await CellRunner.RunAsync(
            request,
            settings,
            figures,
            fonts.Folder,
            sandbox,
            new LoggedProgress(_log, progress),
            text => _log.Append(TerminalText.Plain(text)),
            cancellationToken
        );
        // Files that the cells left must be made again, perhaps for the text to show them.
        if (key is not null && execution is { Failure: null } && KeptRuns.KeyOf(request, input) == key)
            runs.Keep(key, execution);
        return execution;
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
            Say(warning);
    }

    private void Say(LogEntry entry)
    {
        _entries.Add(entry);
        _log.AppendLine(entry.ToString());
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
