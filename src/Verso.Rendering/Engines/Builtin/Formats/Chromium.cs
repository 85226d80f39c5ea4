using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Prints HTML to PDF. The document's scripts run in it, so it runs where documents' code does: in the sandbox.</summary>
internal static class Chromium
{
    // Debian's start script reads it.
    private static readonly string[] Settings = ["/etc/chromium.d", "/etc/chromium"];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Where it is installed; null when it is not.</summary>
    public static string? TryFind() => Names.Select(ProgramPath.TryFind).FirstOrDefault(path => path is not null);

    /// <param name="html">A file in the rendition's own folder.</param>
    /// <param name="query">What the address ends with.</param>
    /// <exception cref="ProgramNotFoundException">Chromium is not installed.</exception>
    public static async Task<MadeDocument> PrintAsync(
        Rendition rendition,
        string html,
        string query,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var program = TryFind() ?? throw new ProgramNotFoundException(Names[0]);
        var work = rendition.WorkDirectory;
        var output = Path.Combine(work, "document.pdf");
        string[] arguments =
        [
            // Inside a sandbox that lets it make none of its own.
            .. (string[])["--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage"],
            .. (string[])["--disable-extensions", "--disable-background-networking", "--disable-component-update"],
            .. (string[])["--disable-sync", "--no-first-run", "--mute-audio", "--disable-breakpad", "--log-level=3"],
            .. (string[])[$"--user-data-dir={Path.Combine(work, "chromium")}", "--no-pdf-header-footer"],
            // Scripts have this long to draw, in the page's own time.
            "--virtual-time-budget=8000",
            "--generate-pdf-document-outline",
            $"--print-to-pdf={output}",
            $"file://{Uri.EscapeDataString(html).Replace("%2F", "/")}{query}",
        ];
        var spec = new ProcessSpec(program, arguments)
        {
            WorkingDirectory = work,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = work,
                ["LANG"] = "C.UTF-8",
            },
        };
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = [.. Settings.Where(Directory.Exists)],
            Writable = [new WritableFolder(work)],
            AddressSpaceMiB = null,
        };
        var run = await sandbox.RunAsync(spec, profile, cancellationToken);
        return run.Succeeded && File.Exists(output)
            ? new MadeDocument([new EngineOutput(output, rendition.OutputName, OutputKind.Document)], [], "")
            : new MadeDocument([], [Fault(run, rendition)], run.Process.Error);
    }

    private static LogEntry Fault(SandboxResult run, Rendition rendition) =>
        new(
            EntryLevel.Error,
            $"The PDF could not be printed. {run.Explanation ?? $"Chromium ended with exit code {run.Process.ExitCode}; output.log has what it said."}",
            File: rendition.File,
            Raw: run.Process.Error
        );
}
