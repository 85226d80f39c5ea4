using System.Text;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Rendering.Engines;
using Verso.Rendering.Logs;

namespace Verso.Rendering;

/// <summary>Gathers what becomes of a render, stage by stage.</summary>
internal sealed class RenderInProgress(string engine, string project)
{
    private readonly List<LogEntry> _entries = [];
    private readonly List<RenderOutput> _outputs = [];
    private readonly StringBuilder _log = new();
    private RenderStatus _status = RenderStatus.Success;
    private Resolution? _resolution;
    private EnvironmentSummary _environment = new(EnvironmentState.Base, null, BaseReason.NotNeeded, 0, []);

    public Dictionary<string, double> Timings { get; } = [];

    public string LogText => _log.ToString();

    public void Accept(EnvironmentOutcome outcome, TimeSpan elapsed)
    {
        var seconds = Math.Round(elapsed.TotalSeconds, 3);
        _log.Append(outcome.Log);
        switch (outcome)
        {
            case EnvironmentOutcome.Leased leased:
                _environment = new(
                    leased.Built ? EnvironmentState.Built : EnvironmentState.Reused,
                    leased.Environment.Key,
                    null,
                    seconds,
                    [.. leased.Environment.Record.Packages.Select(pin => new PackageSummary(pin.Name, pin.Version))]
                );
                _resolution = leased.Resolution;
                foreach (var warning in leased.Environment.Record.Warnings)
                    Warn(warning);
                break;
            case EnvironmentOutcome.Base fallback:
                _environment = new(EnvironmentState.Base, null, fallback.Reason, seconds, []);
                Explain(fallback);
                break;
        }
    }

    public void Accept(EngineResult result)
    {
        _log.Append(result.Log);
        _entries.AddRange(result.Entries);
        foreach (var (stage, milliseconds) in result.Timings)
            Timings[stage] = milliseconds;
        if (result.Outputs.Count == 0)
            _status = result.IsInstallationFault ? RenderStatus.Error : RenderStatus.Failure;
    }

    /// <summary>What was found out before the cells ran.</summary>
    public void Warn(IEnumerable<LogEntry> warnings)
    {
        foreach (var warning in warnings)
        {
            _entries.Add(warning);
            _log.AppendLine(warning.ToString());
        }
    }

    public void Add(string path, OutputKind kind) =>
        _outputs.Add(new RenderOutput(path, kind, MediaType.Of(path), new FileInfo(path).Length));

    public void Fail(RenderStatus status, LogEntry entry)
    {
        _status = status;
        _entries.Add(entry);
        _log.AppendLine(entry.ToString());
    }

    public RenderResult ToResult() =>
        new(_status, engine, _environment, _outputs, _entries, Timings) { Resolution = _resolution };

    private void Warn(string message)
    {
        _entries.Add(new LogEntry(EntryLevel.Warning, message, File: RequirementsFile.Name));
        _log.AppendLine(message);
    }

    private void Explain(EnvironmentOutcome.Base fallback)
    {
        if (!FallbackLog.IsWorthSaying(fallback))
            return;
        _log.AppendLine(
            fallback.Log.Contains(fallback.Message)
                ? FallbackLog.Consequence
                : $"{fallback.Message} {FallbackLog.Consequence}"
        );
        _entries.AddRange(FallbackLog.Describe(fallback, project));
    }
}
