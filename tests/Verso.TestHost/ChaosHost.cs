using Verso.Environments;
using Verso.Environments.Eviction;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Rendering.Engines.Builtin;
using Verso.Sandboxing;

namespace Verso.TestHost;

/// <summary>
/// Uses a store as hard as it can until it is killed or standard input ends, and says in one line each what it did. A line
/// that starts with "bad" says what must never happen.
/// </summary>
internal sealed class ChaosHost : IAsyncDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly string[] _projects;
    private readonly Random _random;
    private readonly Sandbox _sandbox = new(new SandboxOptions());
    private readonly EnvironmentStore _environments;
    private readonly Evictor _evictor;
    private readonly Renderer _renderer;

    public ChaosHost(string store, string index, string wheelhouse, string projects, int seed)
    {
        var options = new EnvironmentsOptions
        {
            Enabled = true,
            StoreDirectory = store,
            BuildWait = Timeout.InfiniteTimeSpan,
        };
        _projects = Directory.GetDirectories(projects);
        _random = new Random(seed);
        _environments = Open(options);
        // Every pass clears all that nobody uses.
        var nothing = new EvictionOptions { High = new WaterMark(), Low = new WaterMark() };
        _evictor = Open(options with { Eviction = nothing }).Evictor;
        _renderer = new Renderer(
            _environments,
            new BuiltinEngine(Path.Combine(store, "renders"), _sandbox, TimeProvider.System),
            _sandbox,
            TimeProvider.System
        );

        EnvironmentStore Open(EnvironmentsOptions options) =>
            new(
                options,
                new PackageIndexOptions { Upstream = index, Wheelhouses = [wheelhouse] },
                _sandbox,
                TimeProvider.System
            );
    }

    public async Task RunAsync()
    {
        var ending = Task.Run(Console.In.ReadToEnd);
        while (!ending.IsCompleted)
            try
            {
                await ActAsync(_projects[_random.Next(_projects.Length)]);
            }
            catch (Exception e)
            {
                Bad(e.ToString());
            }
    }

    public ValueTask DisposeAsync() => _environments.DisposeAsync();

    private Task ActAsync(string project) =>
        _random.Next(100) switch
        {
            < 40 => AcquireAsync(project, run: true),
            < 55 => AcquireAsync(project, run: false),
            < 72 => RenderAsync(project),
            < 78 => RefreshAsync(project),
            < 86 => VerifyAsync(),
            < 93 => Remove(),
            _ => Evict(),
        };

    private async Task AcquireAsync(string project, bool run)
    {
        using var outcome = await _environments.AcquireAsync(new EnvironmentRequest(project, true), null, Never);
        if (outcome is not EnvironmentOutcome.Leased { Environment: var environment })
        {
            Bad($"no environment for {Path.GetFileName(project)}: {outcome}");
            return;
        }
        var record = environment.Record;
        Console.WriteLine($"leased {record.Key} {record.BuiltAt:O} {record.BuildSeconds}");
        if (run)
            await ImportAsync(environment);
        await VerifyAsync(environment, isLeased: true);
    }

    private async Task ImportAsync(PythonEnvironment environment)
    {
        var names = string.Join(", ", environment.Record.Packages.Select(pin => pin.Name));
        var interpreter = await _environments.InspectBaseAsync(Never);
        var result = await _sandbox.RunAsync(
            new ProcessSpec(environment.Python, "-I", "-c", $"import {names}"),
            SandboxProfile.Render(_sandbox.Options) with
            {
                ReadOnly = [.. interpreter.FoldersOutsideSystem, environment.Directory],
            },
            Never
        );
        if (result.Succeeded)
            Console.WriteLine("ran");
        else
            Bad($"import {names} in {environment.Key}: {result.Explanation} {result.Process.Error}");
    }

    private async Task RenderAsync(string project)
    {
        var document = Path.Combine(project, "report.qmd");
        var result = await _renderer.RenderAsync(new RenderRequest(document, null, AllowInstall: true), null, Never);
        if (result is { Status: RenderStatus.Success, Environment.State: not EnvironmentState.Base })
            Console.WriteLine("rendered");
        else
            Bad(
                $"render: {string.Join(" | ", result.Log)} {string.Join(" | ", result.Log.Select(entry => entry.Raw))}"
            );
    }

    private async Task RefreshAsync(string project)
    {
        var request = new EnvironmentRequest(project, AllowInstall: true);
        var outcome = await _environments.ResolveAsync(request, refresh: true, null, Never);
        if (outcome is Environments.Resolving.ResolutionOutcome.Failed failed)
            Bad($"resolving {Path.GetFileName(project)}: {failed.Message}");
        else
            Console.WriteLine("resolved");
    }

    private async Task VerifyAsync()
    {
        if (Any() is { } environment)
            await VerifyAsync(environment, isLeased: false);
    }

    private async Task VerifyAsync(PythonEnvironment environment, bool isLeased)
    {
        var differences = await _environments.Verification.VerifyAsync(environment.Key, Never);
        if (differences is null && isLeased)
            Bad($"leased and gone: {environment.Key}");
        else if (differences is [_, ..])
            Bad($"{environment.Key}: {differences.Count} differences: {string.Join(" | ", differences.Take(5))}");
        else if (differences is not null)
            Console.WriteLine("verified");
    }

    private Task Remove()
    {
        if (Any() is { } environment && _environments.TryRemove(environment.Key))
            Console.WriteLine("removed");
        return Task.CompletedTask;
    }

    private Task Evict()
    {
        if (_evictor.Run(dryRun: false, Never) is { } report)
            foreach (var item in report.Removed)
                Console.WriteLine($"evicted {item.Kind}");
        return Task.CompletedTask;
    }

    private PythonEnvironment? Any()
    {
        var all = _environments.List();
        return all.Count == 0 ? null : all[_random.Next(all.Count)].Environment;
    }

    private static void Bad(string what) => Console.WriteLine($"bad {what.ReplaceLineEndings(" / ")}");
}
