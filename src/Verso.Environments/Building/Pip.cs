using Verso.Environments.Interpreters;
using Verso.Sandboxing;

namespace Verso.Environments.Building;

/// <summary>Runs the base interpreter's pip inside a virtualenv, against the configured index and wheelhouses only.</summary>
internal sealed class Pip(EnvironmentsOptions options, PackageIndexOptions index)
{
    /// <summary>Makes an empty virtualenv in which the curated stack is visible.</summary>
    /// <exception cref="BuildException">It could not be made.</exception>
    public async Task CreateVirtualEnvironmentAsync(
        BaseInterpreter interpreter,
        string directory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        // Without pip: the base's own is visible inside, and ensurepip would take seconds.
        string[] arguments = ["-I", "-m", "venv", "--without-pip", "--system-site-packages", directory];
        await RunAsync(interpreter.Path, arguments, Path.GetDirectoryName(directory)!, log, cancellationToken);
    }

    /// <exception cref="BuildException">pip failed; the message explains why.</exception>
    public Task InstallAsync(
        string virtualEnvironment,
        string requirementsFile,
        IEnumerable<string> options,
        string stagingDirectory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        string[] arguments =
        [
            .. (string[])["-I", "-m", "pip", "install", "--isolated", "--no-input", "--disable-pip-version-check"],
            .. (string[])["--only-binary=:all:", "--require-virtualenv", "--progress-bar=off"],
            // One retry: with none, pip takes an index that cannot be reached for one that has no such package.
            .. (string[])["--retries=1", "--timeout=15", $"--cache-dir={stagingDirectory}/cache"],
            .. index.Upstream.Length > 0 ? (string[])["--index-url", index.Upstream] : ["--no-index"],
            .. index.Wheelhouses.SelectMany(wheelhouse => (string[])["--find-links", wheelhouse]),
            .. options,
            .. (string[])["--log", Details(stagingDirectory), "-r", requirementsFile],
        ];
        return RunAsync(
            Path.Combine(virtualEnvironment, "bin", "python"),
            arguments,
            stagingDirectory,
            log,
            cancellationToken
        );
    }

    private static string Details(string stagingDirectory) => Path.Combine(stagingDirectory, "pip.log");

    // pip tells only its detailed log that an index did not answer, and says that there are no versions.
    private static IEnumerable<string> FetchFailures(string stagingDirectory) =>
        !File.Exists(Details(stagingDirectory))
            ? []
            : File.ReadLines(Details(stagingDirectory))
                .Select(line => line.IndexOf("Could not fetch URL") is >= 0 and var at ? line[at..] : "")
                .Where(line => line.Length > 0 && !line.Contains(": 404 "))
                .Distinct()
                .Take(10);

    private async Task RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string stagingDirectory,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var firstLine = log.Lines.Count;
        var spec = new ProcessSpec(program, arguments)
        {
            WorkingDirectory = stagingDirectory,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["HOME"] = stagingDirectory,
                ["TMPDIR"] = stagingDirectory,
                ["LANG"] = "C.UTF-8",
                ["PYTHONNOUSERSITE"] = "1",
                ["PIP_CONFIG_FILE"] = "/dev/null",
            },
            Timeout = options.BuildTimeout,
            OnOutput = log.Report,
            OnError = log.Report,
        };
        var result = await ProcessRunner.RunAsync(spec, cancellationToken);
        if (result.End == ProcessEnd.TimedOut)
            throw new BuildException(
                $"Installing took longer than {options.BuildTimeout:g} (Environments:BuildTimeout) and was stopped."
            );
        if (result.Succeeded)
            return;
        foreach (var failure in FetchFailures(stagingDirectory))
            log.Report(failure);
        throw new BuildException(PipFailure.Explain([.. log.Lines.Skip(firstLine)], index));
    }
}
