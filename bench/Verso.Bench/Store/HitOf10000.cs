using System.Diagnostics;
using Verso.Environments.Store;

namespace Verso.Bench.Store;

/// <summary>
/// What acquiring adds to a render in a running server when the environment is there, the requirements read from disk each
/// time: with one environment in the store, and with ten thousand, each asked for in turn.
/// </summary>
internal static class HitOf10000
{
    private const int Hits = 10_000;

    public static async Task RunAsync(Workplace place)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var environments in (int[])[1, Hits])
        {
            var verso = new VersoProgram(place.NewPath("store"), place.Packages);
            await using var store = verso.Open();
            var projects = await FullStore.FillAsync(place, verso, store, environments);
            await MeasureAsync(store, projects); // for the compiler
            var times = await MeasureAsync(store, projects);
            rows.Add([
                $"{environments:N0}",
                Times.Milliseconds(Times.Median(times)),
                Times.Milliseconds(Times.Quantile(times, 0.99)),
            ]);
        }
        MarkdownTable.Print(["environments in the store", $"a hit, median of {Hits:N0}", "99 of 100 within"], rows);
    }

    private static async Task<List<TimeSpan>> MeasureAsync(EnvironmentStore store, IReadOnlyList<string> projects)
    {
        var times = new List<TimeSpan>(Hits);
        for (var i = 0; i < Hits; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var outcome = await store.AcquireAsync(
                new EnvironmentRequest(projects[i % projects.Count], AllowInstall: true),
                progress: null,
                CancellationToken.None
            );
            times.Add(Stopwatch.GetElapsedTime(started));
            if (outcome is not EnvironmentOutcome.Leased { Built: false })
                throw new InvalidOperationException($"This was no hit. {outcome.Log}");
        }
        return times;
    }
}
