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
    private readonly EnvironmentFiles _files;
    private readonly InterpreterInspector _inspector;
    private readonly PackageGateway _gateway;
    private readonly WheelStore _wheels;
    private readonly VirtualEnvironments _virtualEnvironments;
    private readonly Resolutions _resolutions;
    private readonly ProjectRequests _requests;
    private readonly EnvironmentAcquisition _acquisition;
    private readonly RememberedFailures _failures;
    private readonly SharedBuilds _builds;
    private readonly TimeProvider _time;

    public EnvironmentStore(EnvironmentsOptions options, PackageIndexOptions index, Sandbox sandbox, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var layout = new StoreLayout(options);
        _files = new EnvironmentFiles(layout);
        _inspector = new InterpreterInspector(options, layout);
        _gateway = new PackageGateway(index, layout, time);
        _wheels = new WheelStore(
            layout,
            sandbox,
            new WheelLimits { BuildMiB = options.MaxInstalledMiB, BuildFiles = options.MaxInstalledFiles }
        );
        _virtualEnvironments = new VirtualEnvironments(layout);
        _resolutions = new Resolutions(new Resolver(_gateway, index, layout, sandbox), layout, time);
        _failures = new RememberedFailures(layout, options, time);
        _builds = new SharedBuilds(time);
        Evictor = new Evictor(_files, _wheels, layout, options, time);
        var installer = new EnvironmentInstaller(
            _gateway,
            _wheels,
            _virtualEnvironments,
            new EnvironmentCheck(sandbox),
            _resolutions,
            _files,
            layout,
            options,
            time
        );
        var builder = new EnvironmentBuilder(_resolutions, installer, _failures, Evictor, options, time);
        _requests = new ProjectRequests(_inspector, _resolutions, layout, options, index, time);
        _acquisition = new EnvironmentAcquisition(_requests, _files, _failures, builder, _builds, options);
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
        var outcome = await _acquisition.AcquireAsync(request, progress, cancellationToken);
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
            return new ResolutionOutcome.Failed(RequirementFault.Summary(file.Faults), file.Faults);
        if (_requests.Refusal(request) is { } refusal)
            return new ResolutionOutcome.Failed(refusal.Message, []);
        var wanted = await _requests.IdentifyAsync(file, request, cancellationToken);
        var log = new BuildLog();
        if (progress is not null)
            log.Subscribe(progress);
        try
        {
            var now = _time.GetUtcNow();
            var resolution = refresh
                ? await _resolutions.ObtainAsync(wanted, newerThan: now, log, place: null, cancellationToken)
                : _requests.Known(wanted, request)
                    ?? await _resolutions.ObtainAsync(
                        wanted,
                        now - _options.ResolutionMaxAge,
                        log,
                        place: null,
                        cancellationToken
                    );
            return new ResolutionOutcome.Resolved(wanted.EnvironmentKey(resolution.Pins), resolution);
        }
        catch (BuildException e)
        {
            return new ResolutionOutcome.Failed(e.Message, []);
        }
    }

    /// <summary>What there is of a project's environment. Nothing is resolved, built or leased.</summary>
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    /// <exception cref="IOException">The store cannot be used.</exception>
    public async Task<EnvironmentSight> LookAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        var wanted = await _requests.IdentifyAsync(file, request, cancellationToken);
        var known = _requests.Known(wanted, request);
        var key = known is null ? null : wanted.EnvironmentKey(known.Pins);
        var environment = key is null ? null : _files.TryFind(key);
        return new EnvironmentSight(
            known,
            environment,
            environment is null ? null : _files.LastUsed(environment.Key),
            _builds.LogOf(wanted.RequirementsKey) ?? (key is null ? null : _builds.LogOf(key)),
            _failures.Find(wanted.RequirementsKey)?.Failure is { } failure
                ? new EnvironmentSight.BuildFailure(failure.Message, failure.Log)
                : null
        )
        {
            TextRefusal = _requests.TextRefusal(request),
        };
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
        await Sandbox.SettleAsync();
        _gateway.Dispose();
    }
}
