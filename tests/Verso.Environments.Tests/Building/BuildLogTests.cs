using Verso.Environments.Building;

namespace Verso.Environments.Tests.Building;

public sealed class BuildLogTests
{
    [Fact]
    public void Of_a_flood_the_beginning_and_the_end_are_kept()
    {
        var log = new BuildLog();
        var live = new CollectedLog();
        log.Subscribe(live);

        for (var i = 1; i <= 30_000; i++)
            log.Report($"line {i}");
        log.Report("It failed.");

        log.Lines.Count.ShouldBe(20_101);
        log.Lines[19_999].ShouldBe("line 20000");
        log.Lines[20_000].ShouldBe("… 9,901 lines left out …");
        log.Text.ShouldEndWith("line 30000\nIt failed.\n");
        live.Lines.Count.ShouldBe(30_001);
    }
}
