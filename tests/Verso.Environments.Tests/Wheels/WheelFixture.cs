using System.Security.Cryptography;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Wheels;

/// <summary>A wheel store, wheels and environments, all of one test.</summary>
internal sealed class WheelFixture : IDisposable
{
    // Asking it takes longer than most of these tests.
    private static readonly Lazy<Task<BaseInterpreter>> Inspected = new(async () =>
    {
        using var store = new TemporaryDirectory();
        var options = new EnvironmentsOptions { StoreDirectory = store.Path };
        var inspector = new InterpreterInspector(options, new StoreLayout(options));
        return await inspector.InspectAsync(CancellationToken.None);
    });

    private readonly TemporaryDirectory _directory = new();

    private WheelFixture() { }

    public BaseInterpreter Interpreter { get; private set; } = null!;

    public EnvironmentsOptions Options => new() { Enabled = true, StoreDirectory = _directory.Combine("store") };

    public StoreLayout Layout => new(Options);

    public WheelLimits Limits { get; init; } = new();

    /// <summary>Where an environment is made.</summary>
    public string Environment => _directory.Combine("environment");

    /// <summary>What unfinished work left in the store.</summary>
    public IReadOnlyList<string> Staged =>
        Directory.Exists(Layout.Staging) ? Directory.GetDirectories(Layout.Staging) : [];

    public static async Task<WheelFixture> StartAsync(WheelLimits? limits = null)
    {
        var fixture = new WheelFixture { Limits = limits ?? new WheelLimits() };
        fixture.Layout.Create();
        fixture.Interpreter = await Inspected.Value;
        return fixture;
    }

    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <summary>A store as another process would have it: nothing but the files is shared.</summary>
    public WheelStore NewStore() => new(Layout, new Sandbox(new SandboxOptions()), Limits);

    public static WheelSource Source(TestWheel wheel) => Source(wheel.FileName, wheel.ToBytes());

    public static WheelSource Source(string name, byte[] content) =>
        new(
            name,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            _ => Task.FromResult<Stream>(new MemoryStream(content))
        );

    public static WheelSource Source(string path) => Source(Path.GetFileName(path), File.ReadAllBytes(path));

    public Task<HeldWheels> AcquireAsync(params IEnumerable<WheelSource> wheels) =>
        NewStore().AcquireAsync([.. wheels], Interpreter, null, TestContext.Current.CancellationToken);

    public Task<HeldWheels> AcquireAsync(params IEnumerable<TestWheel> wheels) => AcquireAsync(wheels.Select(Source));

    public Task CreateEmptyAsync(string directory) =>
        new VirtualEnvironments(Layout).CreateAsync(Interpreter, directory, TestContext.Current.CancellationToken);

    /// <summary>An environment with the wheels, each as one that was asked for unless said otherwise.</summary>
    public async Task<EnvironmentPlan> LinkAsync(string directory, HeldWheels held, bool requested = true)
    {
        await CreateEmptyAsync(directory);
        var plan = new EnvironmentPlan(
            directory,
            Interpreter,
            [.. held.Wheels.Select(wheel => new WheelToLink(wheel, requested))]
        );
        await EnvironmentLinker.LinkAsync(plan, TestContext.Current.CancellationToken);
        return plan;
    }

    public async Task<IReadOnlyList<EnvironmentDifference>> VerifyAsync(
        EnvironmentPlan plan,
        IReadOnlyDictionary<string, byte[]>? own = null
    )
    {
        var environments = new VirtualEnvironments(Layout);
        var template = await environments.TemplateAsync(Interpreter, TestContext.Current.CancellationToken);
        return new EnvironmentVerifier().Verify(plan, template, own ?? new Dictionary<string, byte[]>());
    }

    /// <returns>What the environment's Python printed.</returns>
    public static async Task<string> RunPythonAsync(string environment, params string[] arguments) =>
        (await Run.CheckedAsync(Path.Combine(environment, "bin", "python"), ["-I", "-B", .. arguments])).TrimEnd('\n');

    public void Dispose() => _directory.Dispose();
}
