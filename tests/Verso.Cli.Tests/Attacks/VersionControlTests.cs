namespace Verso.Cli.Tests.Attacks;

/// <summary>git runs what a repository's files name: a document's code reads repositories, and neither changes nor makes one.</summary>
[NeedsSandbox]
public sealed class VersionControlTests(Installation installation) : IDisposable
{
    private const string Document = """
        ```{python}
        import os, shutil
        def attempt(what):
            try:
                what()
            except OSError:
                pass

        print(open("sub/.git/config").read())
        for config in ("sub/.git/config", "worktree/.git"):
            attempt(lambda: open(config, "a").write("fsmonitor = evil"))
            attempt(lambda: os.remove(config))
        attempt(lambda: os.rename("sub/.git", "moved"))
        attempt(lambda: shutil.rmtree("sub/.git"))
        for folder in (".git/hooks", "new/.git", ".hg"):
            os.makedirs(folder)
            open(folder + "/config", "w").write("fsmonitor = evil")
        open("made.txt", "w").write("made")
        ```
        """;

    private readonly UserOfTheProgram _users = new(installation);

    public void Dispose() => _users.Dispose();

    [Theory]
    [InlineData(UserOfTheProgram.Own)]
    [InlineData(UserOfTheProgram.Ordinary)]
    public async Task Repositories_stay_as_they_are(string user)
    {
        using var place = await UserOfTheProgram.PlaceAsync(user);
        place.Write("project/_quarto.yml", "");
        place.Write("project/report.qmd", Document);
        place.Write("project/sub/.git/config", "precious");
        place.Write("project/worktree/.git", "gitdir: elsewhere");
        await UserOfTheProgram.GiveAsync(user, place);

        var result = await _users.RunAsync(user, place, "render", "report.qmd");

        result.ExitCode.ShouldBe(0, result.Error);
        File.ReadAllText(place.Combine("project/made.txt")).ShouldBe("made");
        File.ReadAllText(place.Combine("project/report.html")).ShouldContain("precious");
        File.ReadAllText(place.Combine("project/sub/.git/config")).ShouldBe("precious");
        File.ReadAllText(place.Combine("project/worktree/.git")).ShouldBe("gitdir: elsewhere");
        foreach (var planted in (string[])[".git", "new/.git", ".hg", "moved"])
            Path.Exists(place.Combine("project", planted)).ShouldBeFalse(planted);
    }
}
