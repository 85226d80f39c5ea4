using System.Diagnostics;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Bench.Store;

/// <summary>An environment of sixty packages that was evicted, its resolution and its wheels still stored.</summary>
internal static class Rebuild
{
    private const int Rounds = 5;

    public static async Task RunAsync(Workplace place)
    {
        var project = place.NewProject(PackageSet.Names);
        var first = new VersoProgram(place.NewPath("store"), place.Packages);
        var known = new List<(VersoProgram Verso, EnvironmentRequest Request)>();
        for (var round = 0; round <= 2 * Rounds + 1; round++)
            known.Add(await BuildAndRemoveAsync(first with { Salt = $"{round}" }, project));
        await SettleAsync();
        var (inProcess, whole) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            inProcess.Add(await InProcessAsync(known[2 * round].Verso, known[2 * round].Request));
            var (built, elapsed) = await known[2 * round + 1].Verso.BuildAsync(project);
            if (!built)
                throw new InvalidOperationException("There was nothing to rebuild.");
            whole.Add(elapsed);
        }
        MarkdownTable.Print(
            [$"rebuild of 60 packages, 9,720 files", $"median of {Rounds}", "slowest"],
            [Row("in a running server", inProcess.Skip(1)), Row("verso env build, whole process", whole.Skip(1))]
        );
    }

    private static string[] Row(string name, IEnumerable<TimeSpan> times) =>
        [name, Times.Seconds(Times.Median(times)), Times.Seconds(times.Max())];

    private static async Task<(VersoProgram, EnvironmentRequest)> BuildAndRemoveAsync(
        VersoProgram verso,
        string project
    )
    {
        await using var store = verso.Open();
        var request = new EnvironmentRequest(project, AllowInstall: true);
        using (var outcome = await store.AcquireAsync(request, progress: null, CancellationToken.None))
            request = outcome is EnvironmentOutcome.Leased leased
                ? request with
                {
                    Resolution = leased.Resolution,
                }
                : throw new InvalidOperationException(outcome.Log);
        foreach (var (environment, _) in store.List())
            store.TryRemove(environment.Key);
        return (verso, request);
    }

    private static async Task<TimeSpan> InProcessAsync(VersoProgram verso, EnvironmentRequest request)
    {
        await using var store = verso.Open();
        await store.InspectBaseAsync(CancellationToken.None);
        var started = Stopwatch.GetTimestamp();
        using var outcome = await store.AcquireAsync(request, progress: null, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return outcome is EnvironmentOutcome.Leased { Built: true }
            ? elapsed
            : throw new InvalidOperationException($"There was nothing to rebuild. {outcome.Log}");
    }

    // For a while after many were deleted, ext4 is slow to create folders; that is none of a rebuild's cost.
    private static async Task SettleAsync()
    {
        await Programs.RunAsync(new ProcessSpec("sync"));
        await Task.Delay(TimeSpan.FromSeconds(70));
    }
}
