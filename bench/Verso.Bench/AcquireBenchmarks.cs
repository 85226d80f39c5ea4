using BenchmarkDotNet.Attributes;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;
using Verso.Testing;

namespace Verso.Bench;

/// <summary>What acquiring adds to a render whose environment is there, its requirements read from disk each time.</summary>
[Config(typeof(InThisProcess))]
[MemoryDiagnoser]
public class AcquireBenchmarks : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private EnvironmentStore _store = null!;
    private EnvironmentRequest _request = null!;

    // The in-process toolchain does not wait for an asynchronous setup.
    [GlobalSetup]
    public void Build() => BuildAsync().GetAwaiter().GetResult();

    private async Task BuildAsync()
    {
        new TestWheel("small", "1.0").WriteTo(_directory.Combine("wheels"));
        _directory.Write("project/requirements.vrf", "# one package\nsmall>=1\n");
        var options = new EnvironmentsOptions { Enabled = true, StoreDirectory = _directory.Combine("store") };
        var index = new PackageIndexOptions { Upstream = "", Wheelhouses = [_directory.Combine("wheels")] };
        _store = new EnvironmentStore(options, index, new Sandbox(new SandboxOptions()), TimeProvider.System);
        _request = new EnvironmentRequest(_directory.Combine("project"), AllowInstall: true);
        using var built = await _store.AcquireAsync(_request, progress: null, CancellationToken.None);
        if (built is not EnvironmentOutcome.Leased)
            throw new InvalidOperationException(built.Log);
    }

    [Benchmark]
    public async Task<bool> Hit()
    {
        using var outcome = await _store.AcquireAsync(_request, progress: null, CancellationToken.None);
        return outcome is EnvironmentOutcome.Leased { Built: false }
            ? true
            : throw new InvalidOperationException("This was no hit.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
