using System.Diagnostics;
using Verso.Sandboxing;
using Verso.Testing;

namespace Verso.Bench;

/// <summary>
/// A project's first environment: <c>verso env build</c>, whole process, against the plain recipe
/// (<c>python3 -m venv --system-site-packages</c>, then <c>pip install -r</c>), in turns against one index.
/// </summary>
internal static class FirstBuild
{
    private const int Rounds = 5;
    private const string Python = "/usr/bin/python3";

    public static async Task RunAsync()
    {
        using var directory = new TemporaryDirectory();
        new TestWheel("small", "1.0").WriteTo(directory.Combine("wheels"));
        directory.Write("project/requirements.vrf", "small\n");
        await using var index = await TestIndex.StartAsync(directory.Combine("wheels"));
        var plain = new List<double>();
        var verso = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            plain.Add(await PlainAsync(directory.Combine($"plain-{round}"), directory.Combine("project"), index));
            verso.Add(await VersoAsync(directory.Combine($"store-{round}"), directory.Combine("project"), index));
        }
        // The first round warms the disk's caches.
        var (plainMedian, versoMedian) = (Median(plain.Skip(1)), Median(verso.Skip(1)));
        Console.WriteLine("| first build of one small package | median of 5 | against the plain recipe |");
        Console.WriteLine("| --- | --- | --- |");
        Console.WriteLine($"| venv, then pip install | {plainMedian:0.00} s | |");
        Console.WriteLine($"| verso env build | {versoMedian:0.00} s | {plainMedian / versoMedian:0.0}x faster |");
    }

    private static async Task<double> PlainAsync(string environment, string project, TestIndex index)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync(new ProcessSpec(Python, "-m", "venv", "--system-site-packages", environment), []);
        var requirements = Path.Combine(project, "requirements.vrf");
        await RunAsync(
            new ProcessSpec(
                $"{environment}/bin/pip",
                "install",
                "--index-url",
                index.Url.ToString(),
                "-r",
                requirements
            ),
            []
        );
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> VersoAsync(string store, string project, TestIndex index)
    {
        var watch = Stopwatch.StartNew();
        // Its own folder: beside the benchmarks it would be short of what their frameworks bring.
        var program = Path.Combine(AppContext.BaseDirectory, "../../Verso.Cli/release/verso.dll");
        await RunAsync(
            new ProcessSpec("dotnet", program, "env", "build", project),
            new() { ["PYTHON_VENVS_DIR"] = store, ["PackageIndex__Upstream"] = index.Url.ToString() }
        );
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task RunAsync(ProcessSpec spec, Dictionary<string, string> environment)
    {
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
        environment["HOME"] = Path.GetTempPath();
        var result = await ProcessRunner.RunAsync(spec with { Environment = environment }, CancellationToken.None);
        if (!result.Succeeded)
            throw new InvalidOperationException($"{spec.FileName} failed: {result.Output}{result.Error}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
