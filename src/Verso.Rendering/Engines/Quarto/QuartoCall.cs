using System.Text.Json;
using Verso.Environments.Store;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Quarto;

/// <summary>How Quarto is started for one render.</summary>
/// <param name="home">The folder that is kept from render to render.</param>
internal sealed class QuartoCall(
    QuartoProgram program,
    EngineRequest request,
    WritableProject project,
    string home,
    Sandbox sandbox
)
{
    // Debian's TeX has its configuration and its databases there.
    private static readonly string[] TexFolders = ["/etc/texmf", "/var/lib/texmf"];

    private readonly string _home = sandbox.IsConfined ? SandboxProfile.Home : home;
    private readonly string _run = Path.Combine(request.WorkDirectory, "run");
    private readonly string _jupyter = Path.Combine(request.WorkDirectory, "jupyter");

    /// <summary>Where Quarto writes its log. Its place is one that documents' code may write to as well.</summary>
    public string LogFile => Path.Combine(_run, "quarto.log");

    /// <summary>The document relative to the project; null for all of it.</summary>
    public string? Document { get; } =
        Directory.Exists(request.Render.Target)
            ? null
            : Path.GetRelativePath(request.ProjectDirectory, request.Render.Target);

    /// <summary>Makes the folders that the call refers to.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(_run);
        var kernel = Directory.CreateDirectory(Path.Combine(_jupyter, "kernels", "python3")).FullName;
        if (request is { Python.Length: > 0, Environment: EnvironmentOutcome.Base })
            File.WriteAllText(Path.Combine(kernel, "kernel.json"), BaseKernelspec());
    }

    public ProcessSpec Spec(Action<string> onError) =>
        new(
            program.Path,
            [
                "render",
                // A dot keeps a name from being taken for an option.
                Document is null
                    ? "."
                    : "./" + Path.GetFileName(Document),
                .. request.Render.Format is { } format ? (string[])["--to", format] : [],
                .. request.Render.SelfContained ? (string[])["--metadata", "embed-resources:true"] : [],
                .. (string[])["--no-execute-daemon", "--log", LogFile],
                .. (string[])["--log-format", "json-stream", "--log-level", "info"],
            ]
        )
        {
            WorkingDirectory = Path.Combine(
                sandbox.IsConfined ? request.ProjectDirectory : project.Root,
                Path.GetDirectoryName(Document) ?? ""
            ),
            Environment = Environment(),
            OnOutput = static _ => { }, // not Quarto's, which says everything on standard error
            OnError = onError,
        };

    public SandboxProfile Profile() =>
        SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly =
            [
                .. program.Folders,
                .. request.InterpreterFolders,
                _jupyter,
                .. TexFolders.Where(Directory.Exists),
            ],
            Writable = [project.Folder, new WritableFolder(home, _home), new WritableFolder(_run)],
            AddressSpaceMiB = null, // Deno reserves far more than it uses
        };

    private Dictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["NO_COLOR"] = "1",
            ["HOME"] = _home,
            ["XDG_CACHE_HOME"] = Path.Combine(_home, ".cache"),
            ["XDG_CONFIG_HOME"] = Path.Combine(_home, ".config"),
            ["XDG_DATA_HOME"] = Path.Combine(_home, ".local/share"),
            ["DENO_DIR"] = Path.Combine(_home, ".cache/deno"),
            ["MPLCONFIGDIR"] = Path.Combine(_home, ".cache/matplotlib"),
            ["XDG_RUNTIME_DIR"] = _run,
            ["PYTHONNOUSERSITE"] = "1",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1",
        };
        if (request.Python.Length == 0)
            return variables;
        // Who supervises the kernel, and which kernel that is: the first folder in which one of its name is found, so
        // that neither the system's nor one in the home, which earlier renders could write to, comes before ours.
        variables["QUARTO_PYTHON"] = request.Python;
        variables["JUPYTER_PATH"] = request.Environment is EnvironmentOutcome.Leased leased
            ? Path.Combine(leased.Environment.Directory, "share/jupyter")
            : _jupyter;
        variables["JUPYTER_NO_CONFIG"] = "1";
        variables["JUPYTER_CONFIG_DIR"] = Path.Combine(_run, "jupyter-config");
        variables["JUPYTER_DATA_DIR"] = Path.Combine(_run, "jupyter-data");
        variables["JUPYTER_RUNTIME_DIR"] = Path.Combine(_run, "jupyter-runtime");
        variables["IPYTHONDIR"] = Path.Combine(_run, "ipython");
        return variables;
    }

    private string BaseKernelspec() =>
        JsonSerializer.Serialize(
            new
            {
                argv = (string[])[request.Python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                display_name = "Python 3 (Verso)",
                language = "python",
                metadata = new { debugger = true },
            }
        );
}
