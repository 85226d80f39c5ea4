using Verso.Sandboxing;

namespace Verso.Environments.Tests;

/// <summary>Runs a small program that must succeed.</summary>
internal static class Run
{
    /// <returns>What it printed.</returns>
    public static async Task<string> CheckedAsync(string program, params string[] arguments)
    {
        var spec = new ProcessSpec(program, arguments)
        {
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin" },
        };
        var result = await ProcessRunner.RunAsync(spec, TestContext.Current.CancellationToken);
        result.Succeeded.ShouldBeTrue($"{program} {string.Join(' ', arguments)}: {result.Output}{result.Error}");
        return result.Output;
    }
}
