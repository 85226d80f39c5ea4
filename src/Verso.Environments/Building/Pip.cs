using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Building;

/// <summary>Runs the base interpreter's pip inside a virtualenv, in a sandbox that reaches the gateway and nothing else.</summary>
internal sealed class Pip(PackageGateway gateway, PackageIndexOptions index, Sandbox sandbox)
{
    private const int Port = 8099; // in a network of the sandbox's own

    private static readonly string Relay = EmbeddedText.Read("relay.py");

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
        var spec = new ProcessSpec(interpreter.Path, arguments)
        {
            Timeout = TimeSpan.FromMinutes(1),
            OnOutput = log.Report,
            OnError = log.Report,
        };
        var firstLine = log.Lines.Count;
        var result = await ProcessRunner.RunAsync(spec, cancellationToken);
        if (!result.Succeeded)
            throw PipFailure.Explain([.. log.Lines.Skip(firstLine)], null, index);
    }

    /// <param name="virtualEnvironment">What pip runs in, and installs into.</param>
    /// <param name="stagingDirectory">This build's alone.</param>
    /// <exception cref="BuildException">pip failed; the message explains why.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task InstallAsync(
        BaseInterpreter interpreter,
        string virtualEnvironment,
        string requirementsFile,
        IEnumerable<string> options,
        string stagingDirectory,
        BuildTicket ticket,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        using var folder = new SocketFolder();
        await using var listener = await gateway.ListenAsync(folder.Socket, SocketFolder.SocketMode, cancellationToken);
        using var build = gateway.OpenBuild(ticket);

        var relay = Path.Combine(stagingDirectory, "relay.py");
        await File.WriteAllTextAsync(relay, Relay, cancellationToken);
        string[] arguments =
        [
            .. (string[])["-I", relay, $"{Port}", folder.Socket, "--"],
            .. (string[])[Path.Combine(virtualEnvironment, "bin", "python"), "-I", "-m", "pip", "install"],
            .. (string[])["--isolated", "--no-input", "--disable-pip-version-check", "--no-cache-dir"],
            .. (string[])["--only-binary=:all:", "--require-virtualenv", "--progress-bar=off"],
            // The gateway does the waiting and the trying again.
            .. (string[])["--retries=0", $"--timeout={sandbox.Options.Build.WallTime.TotalSeconds:0}"],
            .. (string[])["--index-url", $"http://127.0.0.1:{Port}/{build.Token}/simple/"],
            .. options,
            .. (string[])["-r", requirementsFile],
        ];
        var profile = SandboxProfile.Build(sandbox.Options) with
        {
            ReadOnly = [.. interpreter.FoldersOutsideSystem, folder.Socket],
            // The virtualenv may stand in the staging directory.
            Writable =
            [
                new WritableFolder(stagingDirectory),
                .. virtualEnvironment.StartsWith(stagingDirectory + "/")
                    ? []
                    : (WritableFolder[])[new(virtualEnvironment)],
            ],
        };
        var firstLine = log.Lines.Count;
        var spec = new ProcessSpec(interpreter.Path, arguments)
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
            OnOutput = log.Report,
            OnError = log.Report,
        };
        var result = await sandbox.RunAsync(spec, profile, cancellationToken);
        foreach (var remark in build.Remarks)
            log.Report(remark);
        if (result is { Succeeded: false, Explanation: { } overrun })
            throw new BuildException($"Installing the packages was too much. {overrun}");
        if (!result.Succeeded)
            throw PipFailure.Explain([.. log.Lines.Skip(firstLine)], build.LastRemark, index);
    }
}
