namespace Verso.Bench.Store;

/// <summary>
/// A project's first environment, whole processes in turns: the plain recipe, Verso with an empty store, and Verso with a
/// store that has the wheels from another environment. Verso resolves and tries the packages in both.
/// </summary>
internal static class FirstBuild
{
    private const int Rounds = 3;

    public static async Task RunAsync(Workplace place)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var count in (int[])[1, 20, 60])
            rows.Add(await MeasureAsync(place, count));
        MarkdownTable.Print(
            [
                $"first build, median of {Rounds}",
                PlainRecipe.Name,
                "verso env build",
                "ratio",
                "with the wheels stored",
                "ratio",
            ],
            rows
        );
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(Workplace place, int count)
    {
        var project = place.NewProject(PackageSet.Names.Take(count));
        var (plain, empty, stored) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            plain.Add(await PlainRecipe.BuildAsync(place.NewPath("plain"), project, place.Packages));
            var verso = new VersoProgram(place.NewPath("store"), place.Packages);
            empty.Add((await verso.BuildAsync(project)).Elapsed);
            stored.Add((await (verso with { Salt = "other" }).BuildAsync(project)).Elapsed);
        }
        // The first round warms the disk's caches.
        var (slow, quick, quickest) = (
            Times.Median(plain.Skip(1)),
            Times.Median(empty.Skip(1)),
            Times.Median(stored.Skip(1))
        );
        return
        [
            count == 1 ? "1 package" : $"{count} packages",
            Times.Seconds(slow),
            Times.Seconds(quick),
            Times.Ratio(slow, quick),
            Times.Seconds(quickest),
            Times.Ratio(slow, quickest),
        ];
    }
}
