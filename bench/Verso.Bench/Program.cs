using BenchmarkDotNet.Running;
using Verso.Bench;

switch (args)
{
    case ["first-build", ..]:
        await FirstBuild.RunAsync();
        break;
    case ["resolve", ..]:
        await Resolving.RunAsync();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(AcquireBenchmarks).Assembly).Run(args);
        break;
}
