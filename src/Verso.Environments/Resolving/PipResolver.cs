using System.Text.Json;
using System.Text.RegularExpressions;
using Verso.Environments.Building;
using Verso.Environments.Gateway;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Resolving;

/// <summary>
/// Runs the base interpreter's pip, which decides, in a fresh empty virtualenv and in a sandbox that reaches the gateway
/// and nothing else.
/// </summary>
internal sealed partial class PipResolver(
    PackageGateway gateway,
    PackageIndexOptions index,
    StoreLayout layout,
    Sandbox sandbox
)
{
    private static readonly string Script = EmbeddedText.Read("resolve.py");

    /// <exception cref="BuildException">pip failed; the message explains why.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<IReadOnlyList<ResolvedPackage>> ResolveAsync(
        RequirementsIdentity wanted,
        GatewayBuild build,
        IProgress<string> log,
        CancellationToken cancellationToken
    )
    {
        using var staging = layout.NewStagingDirectory();
        var python = FreshVirtualEnvironment.Create(wanted.Interpreter, staging.Path);
        using var folder = new SocketFolder();
        await using var listener = await gateway.ListenAsync(folder.Socket, SocketFolder.SocketMode, cancellationToken);
        var said = new List<string>();
        var spec = new ProcessSpec(python, "-I", "-c", Script)
        {
            Input = JsonSerializer.Serialize(Question(wanted, build, listener), StoreJson.Options),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["HOME"] = SandboxProfile.Home,
                ["LANG"] = "C.UTF-8",
                ["PYTHONNOUSERSITE"] = "1",
                ["PIP_CONFIG_FILE"] = "/dev/null",
            },
            OnError = line =>
            {
                said.Add(line);
                if (Readable(line) is { } readable)
                    log.Report(readable);
            },
        };
        var profile = SandboxProfile.Build(sandbox.Options) with
        {
            ReadOnly = [.. wanted.Interpreter.FoldersOutsideSystem, folder.Socket, staging.Path],
        };
        var result = await RunAsync(spec, profile, wanted, build, cancellationToken);
        if (result is { Succeeded: false, Explanation: { } overrun })
            throw new BuildException($"Resolving the packages was too much. {overrun}")
            {
                IsTransient = result.Overrun == Overrun.WallTime,
            };
        if (!result.Succeeded)
            throw PipFailure.Explain(said, build.LastRemark, index, project => VersionsOf(project, build));
        return [.. Parse(result.Process.Output).Select(choice => choice.ToPackage(build))];
    }

    private static IReadOnlyList<string> VersionsOf(string project, GatewayBuild build) =>
        [
            .. build
                .Pages.FilesOf(project)
                .Select(file => (Text: file.Name.Version, Version: PlainVersion.TryParse(file.Name.Version)))
                .Where(entry => entry.Version is not null)
                .DistinctBy(entry => entry.Text)
                .OrderBy(entry => entry.Version!, Comparer<PlainVersion>.Create(PlainVersion.Compare))
                .Select(entry => entry.Text),
        ];

    private static IReadOnlyList<Choice> Parse(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<Choice>>(answer, StoreJson.Options)!;
        }
        catch (JsonException)
        {
            throw new BuildException(
                "pip ended well, but what it chose cannot be read; does this Python print anything of its own?"
            )
            {
                IsTransient = true,
            };
        }
    }

    // pip asks for one page after the other, and takes a while to begin; what it is sure to ask is there by then.
    private async Task<SandboxResult> RunAsync(
        ProcessSpec spec,
        SandboxProfile profile,
        RequirementsIdentity wanted,
        GatewayBuild build,
        CancellationToken cancellationToken
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var names = wanted
            .Lines.Where(line => !line.Contains(';'))
            .Select(line => Name().Match(line).Value)
            .Except(wanted.Interpreter.Packages.Keys.Select(PackageName.Normalize));
        var ahead = build.Pages.FindAheadAsync(names, ending.Token);
        try
        {
            return await sandbox.RunAsync(spec, profile, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await ahead;
        }
    }

    private object Question(RequirementsIdentity wanted, GatewayBuild build, GatewayListener listener) =>
        new
        {
            Socket = listener.SocketPath,
            Requirements = wanted.Lines,
            Arguments = (string[])
                [
                    .. (string[])["--isolated", "--no-input", "--disable-pip-version-check", "--no-cache-dir"],
                    .. (string[])["--only-binary=:all:", "--require-virtualenv", "--progress-bar=off"],
                    // The gateway does the waiting and the trying again.
                    .. (string[])["--retries=0", $"--timeout={sandbox.Options.Build.WallTime.TotalSeconds:0}"],
                    .. (string[])["--index-url", $"http://127.0.0.1/{build.Token}/simple/"],
                ],
        };

    /// <summary>What pip says without the addresses that stand for its build, under which nothing can be had later.</summary>
    private static string? Readable(string line) =>
        line.StartsWith("Looking in indexes: ") ? null : Address().Replace(line, "");

    // Of a stub, not of the wheel: pip's size is none that anybody wants to know.
    [GeneratedRegex(@"http://127\.0\.0\.1/[0-9a-f]+/(?:simple/|files/[0-9a-f]+/)(?= ?)| \([0-9.]+ k?B\)$")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[a-z0-9-]+")]
    private static partial Regex Name();

    private sealed record Choice(
        string Name,
        string Version,
        string FileName,
        string Sha256,
        bool Requested,
        IReadOnlyList<string> Needs
    )
    {
        public ResolvedPackage ToPackage(GatewayBuild build) =>
            new(
                Name,
                Version,
                build.Pages.FindFile(Sha256, FileName)
                    ?? throw new BuildException($"pip chose {FileName}, which it was not offered."),
                Requested,
                Needs
            );
    }
}
