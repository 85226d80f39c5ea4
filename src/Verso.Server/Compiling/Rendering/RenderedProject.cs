using System.Text;
using Verso.Rendering;
using Verso.Rendering.Logs;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Rendering;

/// <summary>What the renders of one compile came to, in one folder.</summary>
internal sealed class RenderedProject(string folder)
{
    public const string LogName = "output.log";

    private const string StartPage = "index.html";

    private readonly Dictionary<string, OutputKind> _outputs = [];
    private readonly List<LogEntry> _entries = [];
    private readonly List<string> _logs = [];
    private EnvironmentReport? _environment;

    public IReadOnlyList<LogEntry> Entries => _entries;

    public EnvironmentReport? Environment => _environment;

    public Dictionary<string, double> Timings { get; } = [];

    /// <summary>Of the installation's own faults, if there was one and no document came out.</summary>
    public bool IsError { get; private set; }

    public bool HasDocument => _outputs.ContainsValue(OutputKind.Document);

    public OutputKind KindOf(string path) =>
        path == LogName ? OutputKind.Log : _outputs.GetValueOrDefault(path, OutputKind.Supporting);

    public void Accept(RenderResult result)
    {
        _environment ??= EnvironmentReport.Of(result);
        _entries.AddRange(result.Log);
        foreach (var (stage, milliseconds) in result.Timings)
            Timings[stage] = Timings.GetValueOrDefault(stage) + milliseconds;
        IsError |= result.Status == RenderStatus.Error;
        foreach (var output in result.Outputs)
            if (output.Kind == OutputKind.Log)
                SetAside(output.Path);
            else
                _outputs[Path.GetRelativePath(folder, output.Path)] = output.Kind;
    }

    /// <summary>A site is looked up by its folder's name, so one of its pages has to be its start page.</summary>
    public void NameStartPage()
    {
        var pages = _outputs.Where(output => output is { Value: OutputKind.Document }).Select(output => output.Key);
        if (_outputs.ContainsKey(StartPage) || pages.FirstOrDefault(IsPage) is not { } page)
            return;
        File.Copy(Path.Combine(folder, page), Path.Combine(folder, StartPage));
        _outputs[StartPage] = OutputKind.Document;

        static bool IsPage(string path) => path.EndsWith(".html", StringComparison.Ordinal) && !path.Contains('/');
    }

    /// <summary>The logs of all renders, as one.</summary>
    public void WriteLog()
    {
        var path = Path.Combine(folder, LogName);
        if (_logs is [var only])
        {
            File.Move(only, path);
            return;
        }
        using var log = File.Create(path);
        if (_logs.Count == 0) // refused before anything was begun
            log.Write(Encoding.UTF8.GetBytes(string.Concat(_entries.Select(entry => $"{entry}\n"))));
        foreach (var part in _logs)
        {
            using (var from = File.OpenRead(part))
                from.CopyTo(log);
            File.Delete(part);
        }
    }

    private void SetAside(string log)
    {
        var aside = Path.Combine(folder, $".{_logs.Count}.log");
        File.Move(log, aside);
        _logs.Add(aside);
    }
}
