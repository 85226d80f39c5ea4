using Verso.Sandboxing;

namespace Verso.Cli.Tests.Attacks;

/// <summary>What a render's code plants in its project neither stays there nor stops the render.</summary>
[NeedsSandbox]
public sealed class PlantedEntriesTests(PlantingRenders renders) : IClassFixture<PlantingRenders>
{
    public static TheoryData<string, string> Planted =>
        new MatrixTheoryData<string, string>(
            [UserOfTheProgram.Own, UserOfTheProgram.Ordinary],
            [
                "link-to-secret",
                "link-to-file",
                "link-to-folder",
                "dangling-link",
                "made/inner/link",
                "pipe",
                "socket",
                "zero",
                "disk",
                "setuid",
                "hard-link-precious",
                "hard-link-passwd",
                "hard-link-python3.11",
                "data.csv",
                "folder",
                "locked/pipe",
                "report.html",
                "output.log",
            ]
        );

    [Theory]
    [MemberData(nameof(Planted))]
    public async Task Nothing_but_a_plain_file_or_folder_stands_there(string user, string name)
    {
        var (place, result) = await renders.OfAsync(user);

        result.ExitCode.ShouldBe(0, result.Error);
        if (EntryStatus.Of(place.Combine("project", name)) is not { } status)
            return;
        status.Kind.ShouldBeOneOf(EntryKind.File, EntryKind.Folder);
        status.RunsAsOwner.ShouldBeFalse();
    }

    [Theory]
    [InlineData(UserOfTheProgram.Own)]
    [InlineData(UserOfTheProgram.Ordinary)]
    public async Task Nothing_outside_of_the_project_changes(string user)
    {
        var (place, _) = await renders.OfAsync(user);

        File.ReadAllText(place.Combine("outside/precious")).ShouldBe("kept");
        Directory.GetFileSystemEntries(place.Combine("outside")).ShouldHaveSingleItem();
        File.ReadAllText(place.Combine("project/kept.txt")).ShouldBe("kept");
        File.ReadAllText(place.Combine("project/report.html")).ShouldContain("<html");
        File.ReadAllText(place.Combine("project/output.log")).ShouldStartWith("Verso's log of");
    }
}
