using BenchmarkDotNet.Attributes;
using Verso.Sandboxing;

namespace Verso.Bench;

/// <summary>What the render profile adds to running a program.</summary>
[Config(typeof(InThisProcess))]
public class SandboxBenchmarks
{
    private static readonly Sandbox Sandbox = new(new SandboxOptions());
    private ProcessSpec _spec = null!;

    [Params("true", "python3 -c pass", "pandoc")]
    public string Program { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var words = Program.Split(' ');
        _spec = new ProcessSpec($"/usr/bin/{words[0]}", words[1..])
        {
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LANG"] = "C.UTF-8" },
            Input = "# One page\n",
        };
    }

    [Benchmark(Baseline = true)]
    public async Task<bool> Plain() =>
        (await ProcessRunner.RunAsync(_spec, CancellationToken.None)).Succeeded
            ? true
            : throw new InvalidOperationException($"{Program} failed.");

    [Benchmark]
    public async Task<bool> Sandboxed() =>
        (await Sandbox.RunAsync(_spec, SandboxProfile.Render(Sandbox.Options), CancellationToken.None)).Succeeded
            ? true
            : throw new InvalidOperationException($"{Program} failed in the sandbox.");
}
