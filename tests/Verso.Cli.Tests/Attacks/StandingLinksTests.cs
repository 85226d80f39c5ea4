using System.Diagnostics;

namespace Verso.Cli.Tests.Attacks;

/// <summary>Links and pipes that stand in a project already where a render is to write: nothing goes through them.</summary>
[NeedsSandbox]
public sealed class StandingLinksTests(Installation installation) : IDisposable
{
    private readonly UserOfTheProgram _users = new(installation);

    public void Dispose() => _users.Dispose();

    public static TheoryData<string, string, string> Outputs =>
        new MatrixTheoryData<string, string, string>(
            [UserOfTheProgram.Own, UserOfTheProgram.Ordinary],
            ["report.html", "output.log"],
            ["../outside/precious", "../outside/new", "../outside", "pipe", "/dev/zero"]
        );

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task An_output_takes_the_place_of_what_stands_there(string user, string output, string standing)
    {
        using var place = await UserOfTheProgram.PlaceAsync(user);
        place.Write("project/report.qmd", "text\n");
        if (standing == "pipe")
            Process.Start("mkfifo", place.Combine("project", output)).WaitForExit();
        else
            File.CreateSymbolicLink(place.Combine("project", output), standing);
        await UserOfTheProgram.GiveAsync(user, place);

        var result = await _users.RunAsync(user, place, "render", "report.qmd");

        result.ExitCode.ShouldBe(0, result.Error);
        new FileInfo(place.Combine("project", output)).LinkTarget.ShouldBeNull();
        new FileInfo(place.Combine("project", output)).Length.ShouldBeGreaterThan(0);
        ShouldBeUntouched(place);
    }

    public static TheoryData<string, string> BehindLinks =>
        new MatrixTheoryData<string, string>(
            [UserOfTheProgram.Own, UserOfTheProgram.Ordinary],
            [
                "report.qmd --output-dir link",
                "report.qmd --output-dir link/below",
                "report.qmd --output-dir folder/link/below",
                "link/report.qmd",
            ]
        );

    [Theory]
    [MemberData(nameof(BehindLinks))]
    public async Task A_folder_for_outputs_behind_a_link_is_refused(string user, string arguments)
    {
        using var place = await UserOfTheProgram.PlaceAsync(user);
        place.Write("project/_quarto.yml", "");
        place.Write("project/report.qmd", "text\n");
        place.Write("outside/report.qmd", "text\n");
        Directory.CreateDirectory(place.Combine("project/folder"));
        File.CreateSymbolicLink(place.Combine("project/link"), "../outside");
        File.CreateSymbolicLink(place.Combine("project/folder/link"), "../../outside");
        await UserOfTheProgram.GiveAsync(user, place);

        var result = await _users.RunAsync(user, place, ["render", .. arguments.Split(' ')]);

        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain("through a link");
        File.Delete(place.Combine("outside/report.qmd"));
        ShouldBeUntouched(place);
    }

    private static void ShouldBeUntouched(TemporaryDirectory place)
    {
        File.ReadAllText(place.Combine("outside/precious")).ShouldBe("kept");
        Directory.GetFileSystemEntries(place.Combine("outside")).ShouldHaveSingleItem();
    }
}
