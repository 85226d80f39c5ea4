using System.Diagnostics;
using Verso.Sandboxing;

namespace Verso.Bench.Store;

/// <summary>Whole processes, timed from their start to their end.</summary>
internal static class Programs
{
    /// <exception cref="InvalidOperationException">It failed; what it printed is in the message.</exception>
    public static async Task<(string Output, TimeSpan Elapsed)> RunAsync(
        ProcessSpec spec,
        Dictionary<string, string>? environment = null
    )
    {
        environment = new(environment ?? [])
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = Path.GetTempPath(),
        };
        var started = Stopwatch.GetTimestamp();
        var result = await ProcessRunner.RunAsync(spec with { Environment = environment }, CancellationToken.None);
        return result.Succeeded
            ? (result.Output, Stopwatch.GetElapsedTime(started))
            : throw new InvalidOperationException($"{spec.FileName} failed: {result.Output}{result.Error}");
    }
}
