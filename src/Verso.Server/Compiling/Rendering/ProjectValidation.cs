using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Rendering.Checking;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Sandboxing;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Settings;

namespace Verso.Server.Compiling.Rendering;

/// <summary>Says what a document imports that its environment does not have. Nothing of it runs.</summary>
internal sealed class ProjectValidation(
    ServerSettings settings,
    EnvironmentStore environments,
    ModuleSources modules,
    CompileLayout layout
)
{
    public async Task<CompileResult> CheckAsync(
        CompileTarget target,
        CompileOptions options,
        string root,
        IProgress<RenderProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var project = layout.Of(target.Name).Project;
        var check = new ProjectCheck(environments, new Sandbox(settings.Sandbox), modules);
        var request = new EnvironmentRequest(project, options.AllowPythonInstall)
        {
            Owner = options.Owner ?? $"project {target.Project}",
            Resolution = options.Resolution,
            UntrustedFiles = options.UntrustedFiles ?? [],
            Retry = options.Retry,
        };
        try
        {
            var result = await check.CheckAsync(
                Path.Combine(project, root),
                request,
                new BuildLines(progress),
                cancellationToken
            );
            return Result(result.Entries);
        }
        catch (DocumentException e)
        {
            return Result([new LogEntry(EntryLevel.Error, e.Message, File: root, Line: e.Line)]);
        }
    }

    private static CompileResult Result(IReadOnlyList<LogEntry> entries) =>
        new(
            entries.Any(entry => entry.Level == EntryLevel.Error)
                ? CompileStatus.ValidationFail
                : CompileStatus.ValidationPass
        )
        {
            LogEntries = ReportedEntry.Of(entries),
        };

    private sealed class BuildLines(IProgress<RenderProgress> next) : IProgress<string>
    {
        public void Report(string value) => next.Report(new RenderProgress(RenderStage.Environment, value));
    }
}
