using BenchmarkDotNet.Attributes;
using Verso.Sandboxing;

namespace Verso.Bench;

/// <summary>What the render profile adds to starting a program.</summary>
[Config(typeof(InThisProcess))]
public class SandboxBenchmarks
{
    private static readonly ProcessSpec Program = new("/usr/bin/true");
    private static readonly Sandbox Sandbox = new(new SandboxOptions());

    [Benchmark(Baseline = true)]
    public Task<ProcessResult> Plain() => ProcessRunner.RunAsync(Program, CancellationToken.None);

    [Benchmark]
    public Task<SandboxResult> Sandboxed() =>
        Sandbox.RunAsync(Program, SandboxProfile.Render(Sandbox.Options), CancellationToken.None);
}
