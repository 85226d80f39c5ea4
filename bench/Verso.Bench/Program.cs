using BenchmarkDotNet.Running;
using Verso.Bench;
using Verso.Bench.Rendering;
using Verso.Bench.Store;

(string Name, Func<Workplace, Task> RunAsync)[] ofStore =
[
    ("first-build", FirstBuild.RunAsync),
    ("rebuild", Rebuild.RunAsync),
    ("sharing", Sharing.RunAsync),
    ("hit-10000", HitOf10000.RunAsync),
    ("stampede", Stampede.RunAsync),
];
var chosen = args is ["store"] ? ofStore : Array.FindAll(ofStore, benchmark => args.Contains(benchmark.Name));
if (chosen.Length > 0)
{
    using var place = new Workplace();
    foreach (var benchmark in chosen)
        await benchmark.RunAsync(place);
}
else if (args is ["render"])
{
    using var place = new Workplace();
    await Renders.RunAsync(place);
}
else if (args is ["resolve"])
    await Resolving.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(SandboxBenchmarks).Assembly).Run(args);
