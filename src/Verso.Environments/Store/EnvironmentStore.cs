using Verso.Environments.Building;
using Verso.Environments.Checking;
using Verso.Environments.Eviction;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>Hands out environments: the one that a project's requirements name, built if nobody has built it yet.</summary>
public sealed class EnvironmentStore : IAsyncDisposable
{
    private readonly EnvironmentsOptions _options;
    private readonly PackageIndexOptions _index;
    private readonly StoreLayout _layout;
    private readonly EnvironmentFiles _files;
    private readonly InterpreterInspector _inspector;
    private readonly PackageGateway _gateway;
    private readonly WheelStore _wheels;
    private readonly VirtualEnvironments _virtualEnvironments;
    private readonly Resolutions _resolutions;
    private readonly RememberedFailures _failures;
    private readonly EnvironmentBuilder _builder;
    private readonly SharedBuilds _builds;
    private readonly TimeProvider _time;

    public EnvironmentStore(EnvironmentsOptions options, PackageIndexOptions index, Sandbox sandbox, TimeProvider time)
    {
        (_options, _index, _time) = (options, index, time);
        _layout = new StoreLayout(options);
        _files = new EnvironmentFiles(_layout);
        _inspector = new InterpreterInspector(options, _layout);
        _gateway = new PackageGateway(index, _layout, time);
        _wheels = new WheelStore(
            _layout,
            sandbox,
            new WheelLimits { BuildMiB = options.MaxInstalledMiB, BuildFiles = options.MaxInstalledFiles }
        );
        _virtualEnvironments = new VirtualEnvironments(_layout);
        _resolutions = new Resolutions(new Resolver(_gateway, index, _layout, sandbox), _layout, time);
        _failures = new RememberedFailures(_layout, options, time);
        _builds = new SharedBuilds(time);
        Evictor = new Evictor(_files, _wheels, _layout, options, time);
        var installer = new EnvironmentInstaller(
            _gateway,
            _wheels,
            _virtualEnvironments,
            new EnvironmentCheck(sandbox),
            _resolutions,
            _files,
            _layout,
            options,
            time
        );
        _builder = new EnvironmentBuilder(_resolutions, installer, _failures, Evictor, options, time);
    }

    public Evictor Evictor { get; }

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
        var outcome = await FindOrBuildAsync(request, progress, cancellationToken);
        EnvironmentMetrics.Acquired(outcome);
        return outcome;
    }

    /// <summary>What the project's requirements resolve to: as known, or found out now.</summary>
    /// <param name="refresh">Find it out now in any case.</param>
    /// <exception cref="IOException">The store cannot be used.</exception>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<ResolutionOutcome> ResolveAsync(
        EnvironmentRequest request,
        bool refresh,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        if (file.Faults.Count > 0)
            return new ResolutionOutcome.Failed(Summary(file.Faults), file.Faults);
        if (Refusal(request) is { } refusal)
            return new ResolutionOutcome.Failed(refusal.Message, []);
        var wanted = await IdentifyAsync(file, request, cancellationToken);
        var log = new BuildLog();
        if (progress is not null)
            log.Subscribe(progress);
        try
        {
            var now = _time.GetUtcNow();
            var resolution = refresh
                ? await _resolutions.ObtainAsync(wanted, newerThan: now, log, cancellationToken)
                : Known(wanted, request)
                    ?? await _resolutions.ObtainAsync(wanted, now - _options.ResolutionMaxAge, log, cancellationToken);
            return new ResolutionOutcome.Resolved(wanted.EnvironmentKey(resolution.Pins), resolution);
        }
        catch (BuildException e)
        {
            return new ResolutionOutcome.Failed(e.Message, []);
        }
    }

    /// <summary>Every complete environment, most recently used first.</summary>
    public IReadOnlyList<(PythonEnvironment Environment, DateTimeOffset LastUsed)> List() => _files.List();

    /// <returns>False when somebody has leased it.</returns>
    public bool TryRemove(string key) => _files.TryDelete(key, dryRun: false);

    /// <summary>Compares environments with the wheels they were made of.</summary>
    public EnvironmentVerification Verification => new(_files, _wheels, _virtualEnvironments, _inspector);

    /// <summary>Stops the builds under way, and waits until they have cleaned up after themselves.</summary>
    public async ValueTask DisposeAsync()
    {
        await _builds.DisposeAsync();
        _gateway.Dispose();
    }

    private static EnvironmentOutcome.Base Base(BaseReason reason, string message, string log = "") =>
        new(reason, message, [], log);

    private static string Summary(IReadOnlyList<RequirementFault> faults) =>
        faults.Count == 1 ? faults[0].ToString() : $"{faults[0]} (and {faults.Count - 1} more)";

    private async Task<EnvironmentOutcome> FindOrBuildAsync(
        EnvironmentRequest request,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        if (file is { Requirements.Count: 0, Faults.Count: 0 })
            return Base(BaseReason.NoRequirements, NoRequirements(request.ProjectDirectory));
        if (Refusal(request) is { } refusal)
            return refusal;
        if (file.Faults.Count > 0)
            return Base(BaseReason.InvalidRequirements, Summary(file.Faults)) with { Faults = file.Faults };
        try
        {
            var wanted = await IdentifyAsync(file, request, cancellationToken);
            var known = Known(wanted, request);
            if (known is not null && TryLease(wanted, known) is { } leased)
                return leased;
            if (!request.Retry && _failures.Find(wanted.RequirementsKey) is var (failure, age))
                return Base(
                    BaseReason.BuildFailed,
                    $"{failure.Message} (That was {Age(age)} ago; it is tried again after a while, or when somebody asks for it.)",
                    failure.Log
                );
            return await BuildAsync(wanted, known, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = FullDisk.Explain(e);
            return Base(BaseReason.BuildFailed, message, message + "\n");
        }
    }

    private EnvironmentOutcome.Base? Refusal(EnvironmentRequest request) =>
        !_options.Enabled
            ? Base(BaseReason.Disabled, "Packages of a project's own are switched off here (Environments:Enabled).")
        : !request.AllowInstall ? Base(BaseReason.NotAllowed, "This render may not install packages.")
        : null;

    private static string NoRequirements(string projectDirectory) =>
        RequirementsFile.Misnamed(projectDirectory) is { } misnamed
            ? $"The project has a file {misnamed}, but its packages are read from {RequirementsFile.Name}; rename it."
            : $"The project names no packages in {RequirementsFile.Name}.";

    private static string Age(TimeSpan age) =>
        age < TimeSpan.FromMinutes(1) ? $"{age.TotalSeconds:0} s" : $"{age.TotalMinutes:0} min";

    private async Task<RequirementsIdentity> IdentifyAsync(
        RequirementsFile file,
        EnvironmentRequest request,
        CancellationToken cancellationToken
    )
    {
        _layout.Create();
        var interpreter = await _inspector.InspectAsync(cancellationToken);
        if (_options.Scope == EnvironmentScope.PerOwner && request.Owner.Length == 0)
            throw new ArgumentException(
                "Where each owner has environments of their own, a request names the owner.",
                nameof(request)
            );
        var scope = _options.Scope == EnvironmentScope.PerOwner ? request.Owner : "";
        return new RequirementsIdentity(file.NormalizedLines, interpreter, _index, _options, scope);
    }

    /// <summary>The project's own resolution, or a fresh one of others with the same requirements.</summary>
    private Resolution? Known(RequirementsIdentity wanted, EnvironmentRequest request) =>
        request.Resolution is { IsSound: true } own && own.RequirementsKey == wanted.RequirementsKey
            ? own
            : _resolutions.TryFind(wanted.RequirementsKey, newerThan: _time.GetUtcNow() - _options.ResolutionMaxAge);

    private EnvironmentOutcome.Leased? TryLease(RequirementsIdentity wanted, Resolution resolution) =>
        _files.TryLease(wanted.EnvironmentKey(resolution.Pins)) is var (environment, lease)
            ? new EnvironmentOutcome.Leased(
                environment,
                resolution,
                Built: false,
                lease,
                $"Reusing environment {environment.ShortKey}.\n"
            )
            : null;

    /// <summary>
    /// What a project keeps of a build that it joined. Whoever began it may have other lines, which came to the same
    /// pins: that one's resolution would be passed over at this project's next render.
    /// </summary>
    /// <returns>Null when the build ended with pins that other lines were resolved to anew.</returns>
    private static Resolution? Own(BuildResult.Ready ready, RequirementsIdentity wanted, Resolution? known) =>
        ready.Resolution.RequirementsKey == wanted.RequirementsKey ? ready.Resolution
        : known is not null && wanted.EnvironmentKey(known.Pins) == ready.EnvironmentKey
            ? known with
            {
                Warnings = ready.Resolution.Warnings,
            }
        : null;

    private async Task<EnvironmentOutcome> BuildAsync(
        RequirementsIdentity wanted,
        Resolution? known,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var built = false;
        var log = "";
        while (true)
        {
            var joined = await _builds.JoinAsync(
                known is null ? wanted.RequirementsKey : wanted.EnvironmentKey(known.Pins),
                (log, closing) => _builder.BuildAsync(wanted, known, log, closing),
                progress,
                _options.BuildWait,
                cancellationToken
            );
            if (joined.Result is null)
                return Base(
                    BaseReason.BuildRunning,
                    $"The project's packages are still being installed after {_options.BuildWait:g}; that goes on, so render again in a while.",
                    joined.Log
                );
            if (joined.Result is not BuildResult.Ready ready)
                return Base(BaseReason.BuildFailed, ((BuildResult.Failed)joined.Result).Message, joined.Log);
            built |= joined.Began && ready.Built;
            log += ready.Log;
            if (Own(ready, wanted, known) is not { } resolution)
                continue;
            if (_files.TryLease(ready.EnvironmentKey) is var (environment, lease))
                return new EnvironmentOutcome.Leased(environment, resolution, built, lease, log);
            // Before it could be leased it was deleted, or locked by one who waited to build it too (or by a process that
            // was being forked, which has every open file until it runs its program): once more.
        }
    }
}
