using System.Text.Json;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines;
using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>Runs a document's cells and inline expressions, in order, in one IPython process.</summary>
internal static class CellRunner
{
    /// <summary>The program that runs them.</summary>
    public static readonly string Script = EmbeddedText.Read("cell_runner.py");

    public static bool HasWork(QuartoDocument document, DocumentSettings settings) => Steps(document, settings).Any();

    /// <summary>All that the cells are told: two runs of the same input come to the same.</summary>
    /// <param name="figureFormats">In matplotlib's words.</param>
    public static string Input(QuartoDocument document, DocumentSettings settings, IReadOnlyList<string> figureFormats)
    {
        var (width, height) = CellSettings.FigureSize(settings);
        return JsonSerializer.Serialize(
            new
            {
                figureWidth = width,
                figureHeight = height,
                figureFormats,
                steps = Steps(document, settings).Select(step => step.Request),
            }
        );
    }

    /// <param name="fontFolder">For what matplotlib finds out about fonts.</param>
    /// <param name="printed">Told what cells print, as they print it.</param>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public static async Task<ExecutionResult> RunAsync(
        EngineRequest request,
        DocumentSettings settings,
        IReadOnlyList<string> figureFormats,
        string fontFolder,
        Sandbox sandbox,
        IProgress<RenderProgress>? progress,
        Action<string> printed,
        CancellationToken cancellationToken
    )
    {
        var document = request.Document;
        var steps = Steps(document, settings).ToList();
        var cells = steps.Select(step => step.Block).OfType<DocumentBlock.Cell>().ToList();
        var events = new ExecutionEvents(
            index =>
            {
                var position = cells.FindIndex(cell => cell.Index == index);
                if (position >= 0)
                    progress?.Report(RenderProgress.Cell(position + 1, cells.Count, cells[position].Label));
            },
            printed
        );
        var stderr = "";
        var spec = new ProcessSpec(request.Python, "-c", Script)
        {
            WorkingDirectory = document.Directory,
            Input = Input(document, settings, figureFormats),
            Environment = Environment(sandbox.IsConfined ? SandboxProfile.Home : request.HomeDirectory, fontFolder),
            OnOutput = events.Accept,
            OnError = line => stderr = line,
        };
        await using var project = await WritableProject.CreateAsync(
            request.ProjectDirectory,
            sandbox,
            cancellationToken
        );
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = [.. request.InterpreterFolders, .. project.ReadOnly],
            Writable = [project.Folder, new WritableFolder(fontFolder)],
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        foreach (var leftAlone in project.BringBack())
            printed($"{leftAlone}\n");
        return new ExecutionResult(
            events.Outputs,
            events.Inlines,
            events.Libraries,
            Failure(document, settings, events, result, stderr)
        );
    }

    private static IEnumerable<(DocumentBlock Block, object Request)> Steps(
        QuartoDocument document,
        DocumentSettings settings
    )
    {
        foreach (var block in document.Blocks)
            if (block is DocumentBlock.Inline inline)
                yield return (inline, new { inline = inline.Index, source = inline.Expression });
            else if (
                block is DocumentBlock.Cell { Language: "python" } cell
                && CellSettings.Of(cell, settings) is { Evaluate: true } how
            )
                yield return (
                    cell,
                    new
                    {
                        cell = cell.Index,
                        source = Parameters.Source(cell, settings),
                        figureWidth = how.FigureWidth,
                        figureHeight = how.FigureHeight,
                        continueOnError = how.Error,
                    }
                );
    }

    private static Dictionary<string, string> Environment(string home, string fontFolder) =>
        new()
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = home,
            ["LANG"] = "C.UTF-8",
            ["MPLCONFIGDIR"] = fontFolder,
            // The backend shows figures after each cell; it takes effect only once matplotlib is imported.
            ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline",
            ["PYTHONNOUSERSITE"] = "1",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };

    private static ExecutionFailure? Failure(
        QuartoDocument document,
        DocumentSettings settings,
        ExecutionEvents events,
        SandboxResult result,
        string stderr
    )
    {
        // Before any of the document's code ran, which could say so too.
        if (events is { Unusable: { } reason, RunningCell: null, RunningInline: null })
            return new ExecutionFailure.Unusable(
                $"The Python interpreter cannot run cells: {reason}. Install IPython (Debian: python3-ipykernel) for it."
            );
        DocumentBlock? running = events.RunningInline is { } inline
            ? document.Blocks.OfType<DocumentBlock.Inline>().FirstOrDefault(block => block.Index == inline)
            : document.Cells.FirstOrDefault(cell => cell.Index == events.RunningCell);
        if (events.LastError is { } error && running is not null && !Continues(running, settings))
            return new ExecutionFailure.Raised(running, error);
        if (events.Done)
            return null;
        if (result.Explanation is { } overrun)
            return new ExecutionFailure.Died(running, $"The document's code was too much. {overrun}");
        var exitCode = result.Process.ExitCode;
        var how = exitCode > 128 ? $"was ended by {SignalName(exitCode - 128)}" : $"ended with exit code {exitCode}";
        return new ExecutionFailure.Died(running, $"The Python process {how}. {stderr}".TrimEnd());
    }

    private static string SignalName(int signal) =>
        signal switch
        {
            6 => "signal 6 (SIGABRT: it gave itself up)",
            9 => "signal 9 (SIGKILL: often for want of memory)",
            11 => "signal 11 (SIGSEGV: a fault in compiled code)",
            _ => $"signal {signal}",
        };

    private static bool Continues(DocumentBlock block, DocumentSettings settings) =>
        block is DocumentBlock.Cell cell && CellSettings.Of(cell, settings).Error;
}
