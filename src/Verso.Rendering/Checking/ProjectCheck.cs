using Verso.Environments.Interpreters;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>Says, before any of it is run, what a project's documents import that their environment does not have.</summary>
/// <param name="modules">For advice about modules that are missing.</param>
public sealed class ProjectCheck(EnvironmentStore environments, Sandbox sandbox, ModuleSources? modules = null)
{
    private const int MaxDocuments = 1000;

    /// <param name="path">A document, or a folder of them, in the project that the environment is for.</param>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<CheckResult> CheckAsync(
        string path,
        EnvironmentRequest request,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        path = Path.GetFullPath(path);
        var project = request.ProjectDirectory;
        var entries = new List<LogEntry>();
        var documents = new List<QuartoDocument>();
        foreach (var file in Files(path))
            try
            {
                documents.Add(await QuartoDocument.LoadAsync(file, cancellationToken));
            }
            catch (DocumentException e)
            {
                entries.Add(
                    new LogEntry(EntryLevel.Error, e.Message, File: Path.GetRelativePath(project, file), Line: e.Line)
                );
            }
        using var environment = await environments.AcquireAsync(request, progress, cancellationToken);
        if (environment is EnvironmentOutcome.Base fallback)
            entries.AddRange(FallbackLog.Describe(fallback, project));
        if (environment is EnvironmentOutcome.Leased leased)
            entries.AddRange(
                leased.Environment.Record.Warnings.Select(warning => new LogEntry(
                    EntryLevel.Warning,
                    warning,
                    File: RequirementsFile.Name
                ))
            );
        var python = await RunningPython.OfAsync(environments, environment, cancellationToken);
        progress?.Report("Reading imports");
        entries.AddRange(documents.SelectMany(document => InstallCommands.In(document, AdvisorFor(document), project)));
        entries.AddRange(
            await new ImportCheck(sandbox).RunAsync(project, documents, python, AdvisorFor, cancellationToken)
        );
        return new CheckResult(documents.Count, entries);

        ModuleAdvisor AdvisorFor(QuartoDocument document) =>
            new(project, environment)
            {
                DocumentDirectory = document.Directory,
                Python = python.Version,
                Sources = modules ?? ModuleSources.None,
            };
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? ProjectDocuments.In(path).Take(MaxDocuments) : [path];
}
