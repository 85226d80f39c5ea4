using System.Text.Json;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;
using Verso.Sandboxing;

namespace Verso.Rendering.Checking;

/// <summary>Finds the imports of documents that an interpreter cannot satisfy, in one process that runs none of their code.</summary>
internal sealed class ImportCheck(Sandbox sandbox)
{
    private const int MaxOutputMiB = 16;

    private static readonly string Script = EmbeddedText.Read("check_imports.py");

    /// <returns>Errors for imports that will fail, warnings for those in functions, which may never be called.</returns>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<IReadOnlyList<LogEntry>> RunAsync(
        string projectDirectory,
        IReadOnlyList<QuartoDocument> documents,
        RunningPython python,
        Func<QuartoDocument, ModuleAdvisor> advisorFor,
        CancellationToken cancellationToken
    )
    {
        var asked = documents
            .Select(document => (Document: document, Cells: Cells(document).ToList()))
            .Where(entry => entry.Cells.Count > 0)
            .ToList();
        if (asked.Count == 0)
            return [];
        var spec = new ProcessSpec(python.Path, "-c", Script)
        {
            WorkingDirectory = projectDirectory,
            Input = JsonSerializer.Serialize(
                new
                {
                    project = projectDirectory,
                    documents = asked.Select(entry => new
                    {
                        directory = entry.Document.Directory,
                        cells = entry.Cells.Select(cell => new { cell = cell.Index, source = cell.Source }),
                    }),
                }
            ),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["LANG"] = "C.UTF-8",
                ["PYTHONNOUSERSITE"] = "1",
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
        };
        using var sources = new PythonSources(projectDirectory, asked.Select(entry => entry.Document.Directory));
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = python.Folders,
            Writable = [sources.Folder],
            Limits = sandbox.Options.Render with { OutputMiB = MaxOutputMiB },
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        var report = ImportCheckReport.Parse(result.Succeeded ? result.Process.Output : "");
        var advisors = asked.Select(entry => new Lazy<ModuleAdvisor>(() => advisorFor(entry.Document))).ToList();
        return
        [
            .. report
                .Missing.Where(missing => missing.Document >= 0 && missing.Document < asked.Count)
                .Select(missing =>
                    Describe(
                        missing,
                        asked[missing.Document].Document,
                        projectDirectory,
                        advisors[missing.Document].Value.Advise(missing.Module),
                        isOpen: report.OpenPaths.Contains(missing.Document)
                    )
                )
                .OfType<LogEntry>(),
        ];
    }

    private static IEnumerable<DocumentBlock.Cell> Cells(QuartoDocument document)
    {
        var settings = new DocumentSettings(document.FrontMatter, "html");
        return document.Cells.Where(cell =>
            cell.Language == "python" && CellSettings.Of(cell, settings) is { Evaluate: true, Error: false }
        );
    }

    // The file of a project's own may be found by a sys.path that cannot be read from the text.
    private static LogEntry? Describe(
        MissingImport missing,
        QuartoDocument document,
        string projectDirectory,
        AdvisedSentence advised,
        bool isOpen
    )
    {
        if (isOpen && advised.Advice.Kind == AdviceKind.ProjectModule)
            return null;
        var cell = document.Cells.FirstOrDefault(cell => cell.Index == missing.Cell);
        return new LogEntry(
            missing.Certain ? EntryLevel.Error : EntryLevel.Warning,
            $"There is no module '{missing.Module}' here. {advised.Text}",
            advised.Advice,
            missing.File ?? Path.GetRelativePath(projectDirectory, document.Path),
            cell is null ? missing.Line : cell.SourceLine + missing.Line - 1,
            cell?.Name
        );
    }
}
