namespace Verso.Bench.Store;

/// <summary>Fifty processes that ask for one environment of twenty packages at the same moment.</summary>
internal static class Stampede
{
    private const int Rounds = 3;
    private const int Processes = 50;

    public static async Task RunAsync(Workplace place)
    {
        var project = place.NewProject(PackageSet.Names.Take(20));
        var (alone, together, after) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        var builds = new List<int>();
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add((await AllAsync(New(place), project, 1)).Last);
            var verso = New(place);
            var (built, last) = await AllAsync(verso, project, Processes);
            builds.Add(built);
            together.Add(last);
            after.Add((await AllAsync(verso, project, Processes)).Last);
        }
        MarkdownTable.Print(
            [$"one environment of 20 packages, median of {Rounds}", "builds", "the last has it after"],
            [
                ["1 process", "1", Times.Seconds(Times.Median(alone))],
                ["50 processes at once", string.Join(", ", builds.Distinct()), Times.Seconds(Times.Median(together))],
                ["50 processes at once, when it is there", "0", Times.Seconds(Times.Median(after))],
            ]
        );
    }

    private static VersoProgram New(Workplace place) => new(place.NewPath("store"), place.Packages);

    private static async Task<(int Built, TimeSpan Last)> AllAsync(VersoProgram verso, string project, int processes)
    {
        // Started from threads of their own, for a start waits until the program runs.
        var running = Enumerable.Range(0, processes).Select(_ => Task.Run(() => verso.BuildAsync(project)));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(running);
        return (results.Count(result => result.Built), System.Diagnostics.Stopwatch.GetElapsedTime(started));
    }
}
