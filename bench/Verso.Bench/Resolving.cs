using System.Diagnostics;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;
using Verso.Testing;

namespace Verso.Bench;

/// <summary>Resolving one and twenty packages, in turns, where pip decides and where it is plain what pip would decide.</summary>
internal static class Resolving
{
    private const int Rounds = 9;

    public static async Task RunAsync()
    {
        using var directory = new TemporaryDirectory();
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"small{i}")];
        foreach (var name in names)
            new TestWheel(name, "1.0").WriteTo(directory.Combine("wheels"));
        await using var index = await TestIndex.StartAsync(directory.Combine("wheels"));
        var cases = new (string Name, string[] Lines)[]
        {
            ("1 package", ["small0"]),
            ("20 packages", names),
            // That pip alone reads.
            ("1 package, pip decides", ["small0===1.0"]),
            ("20 packages, pip decides", [.. names.Select(name => $"{name}===1.0")]),
        };
        Console.WriteLine("| | the process's first | median of 9 |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (name, lines) in cases)
        {
            directory.Write($"{name}/requirements.vrf", string.Join('\n', lines));
            var times = new List<double>();
            for (var round = 0; round <= Rounds; round++)
                times.Add(
                    await ResolveAsync(directory.Combine($"store-{name}-{round}"), directory.Combine(name), index)
                );
            var median = times.Skip(1).Order().ElementAt(Rounds / 2);
            Console.WriteLine($"| {name} | {times[0] * 1000:0} ms | {median * 1000:0} ms |");
        }
    }

    private static async Task<double> ResolveAsync(string folder, string project, TestIndex index)
    {
        await using var store = new EnvironmentStore(
            new EnvironmentsOptions { Enabled = true, StoreDirectory = folder },
            new PackageIndexOptions { Upstream = index.Url.ToString() },
            new Sandbox(new SandboxOptions()),
            TimeProvider.System
        );
        await store.InspectBaseAsync(CancellationToken.None);
        await Sandbox.ProbeAsync();
        var watch = Stopwatch.StartNew();
        await store.ResolveAsync(
            new EnvironmentRequest(project, AllowInstall: true),
            refresh: false,
            progress: null,
            CancellationToken.None
        );
        return watch.Elapsed.TotalSeconds;
    }
}
