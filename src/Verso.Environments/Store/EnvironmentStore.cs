using Verso.Environments.Building;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>Hands out environments: the one that a project's requirements name, built if nobody has built it yet.</summary>
public sealed class EnvironmentStore
{
    private readonly EnvironmentsOptions _options;
    private readonly PackageIndexOptions _index;
    private readonly StoreLayout _layout;
    private readonly EnvironmentFiles _files;
    private readonly InterpreterInspector _inspector;
    private readonly EnvironmentBuilder _builder;
    private readonly SharedBuilds _builds = new();

    public EnvironmentStore(EnvironmentsOptions options, PackageIndexOptions index, Sandbox sandbox, TimeProvider time)
    {
        (_options, _index) = (options, index);
        _layout = new StoreLayout(options);
        _files = new EnvironmentFiles(_layout);
        _inspector = new InterpreterInspector(options, _layout);
        var gateway = new PackageGateway(index, _layout, time);
        _builder = new EnvironmentBuilder(
            new Resolver(gateway, index, _layout, sandbox),
            new PipInstaller(new Pip(gateway, index, sandbox), _layout),
            _files,
            _layout,
            time
        );
    }

    /// <summary>The base interpreter's program.</summary>
    /// <exception cref="InterpreterException">There is none.</exception>
    public string BasePython => _inspector.Path;

    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public Task<BaseInterpreter> InspectBaseAsync(CancellationToken cancellationToken) =>
        _inspector.InspectAsync(cancellationToken);

    /// <summary>
    /// The environment that a project's documents run in, or the base interpreter with the reason when there is none.
    /// </summary>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<EnvironmentOutcome> AcquireAsync(
        EnvironmentRequest request,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        if (file is { Requirements.Count: 0, Faults.Count: 0 })
            return Base(BaseReason.NoRequirements, $"The project names no packages in {RequirementsFile.Name}.");
        if (!_options.Enabled)
            return Base(
                BaseReason.Disabled,
                "Packages of a project's own are switched off here (Environments:Enabled)."
            );
        if (!request.AllowInstall)
            return Base(BaseReason.NotAllowed, "This render may not install packages.");
        if (file.Faults.Count > 0)
            return Base(BaseReason.InvalidRequirements, Summary(file.Faults)) with { Faults = file.Faults };
        try
        {
            var wanted = await IdentifyAsync(file, request.Scope, cancellationToken);
            return TryReuse(wanted) ?? await BuildAsync(wanted, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = FullDisk.Explain(e);
            return Base(BaseReason.BuildFailed, message) with { Log = message + "\n" };
        }
    }

    /// <summary>What the project's requirements resolve to: as stored, or found out now.</summary>
    /// <exception cref="IOException">The store cannot be used.</exception>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<ResolutionOutcome> ResolveAsync(
        EnvironmentRequest request,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        if (file.Faults.Count > 0)
            return new ResolutionOutcome.Failed(Summary(file.Faults), file.Faults);
        var wanted = await IdentifyAsync(file, request.Scope, cancellationToken);
        var log = new BuildLog();
        if (progress is not null)
            log.Subscribe(progress);
        try
        {
            var resolution = await _builder.ResolveAsync(wanted, log, cancellationToken);
            return new ResolutionOutcome.Resolved(
                wanted.RequirementsKey,
                wanted.EnvironmentKey(resolution.Pins),
                resolution
            );
        }
        catch (BuildException e)
        {
            return new ResolutionOutcome.Failed(e.Message, []);
        }
    }

    /// <summary>Every complete environment, most recently used first.</summary>
    public IReadOnlyList<(PythonEnvironment Environment, DateTimeOffset LastUsed)> List() => _files.List();

    private static EnvironmentOutcome.Base Base(BaseReason reason, string message) => new(reason, message, [], "");

    private static string Summary(IReadOnlyList<RequirementFault> faults) =>
        faults.Count == 1 ? faults[0].ToString() : $"{faults[0]} (and {faults.Count - 1} more)";

    private async Task<RequirementsIdentity> IdentifyAsync(
        RequirementsFile file,
        string scope,
        CancellationToken cancellationToken
    )
    {
        _layout.Create();
        var interpreter = await _inspector.InspectAsync(cancellationToken);
        return new RequirementsIdentity(file.NormalizedLines, interpreter, _index, _options, scope);
    }

    private EnvironmentOutcome.Leased? TryReuse(RequirementsIdentity wanted)
    {
        if (_files.TryFindResolution(wanted.RequirementsKey) is not { } resolution)
            return null;
        return _files.TryLease(wanted.EnvironmentKey(resolution.Pins)) is var (environment, lease)
            ? new EnvironmentOutcome.Leased(
                environment,
                Built: false,
                lease,
                $"Reusing environment {environment.ShortKey}.\n"
            )
            : null;
    }

    private async Task<EnvironmentOutcome> BuildAsync(
        RequirementsIdentity wanted,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var built = false;
        while (true)
        {
            var (result, began) = await _builds.JoinAsync(
                wanted.RequirementsKey,
                (log, abandoned) => _builder.BuildAsync(wanted, log, abandoned),
                progress,
                cancellationToken
            );
            if (result is not BuildResult.Ready ready)
                return Base(BaseReason.BuildFailed, ((BuildResult.Failed)result).Message) with { Log = result.Log };
            built |= began && ready.Built;
            if (_files.TryLease(ready.EnvironmentKey) is var (environment, lease))
                return new EnvironmentOutcome.Leased(environment, built, lease, ready.Log);
            // Before it could be leased it was deleted, or locked by one who waited to build it too: once more.
        }
    }
}
