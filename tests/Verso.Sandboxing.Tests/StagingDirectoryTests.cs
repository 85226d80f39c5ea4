namespace Verso.Sandboxing.Tests;

public sealed class StagingDirectoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void It_goes_with_all_that_is_in_it()
    {
        using var parent = new TemporaryDirectory();
        using (var staging = StagingDirectory.Create(parent.Path))
        {
            File.WriteAllText(Path.Combine(staging.Path, "file"), "text");
            StagingDirectory.TryTakeOver(Path.GetDirectoryName(staging.Path)!).ShouldBeNull("it is in use");
        }

        Directory.GetFileSystemEntries(parent.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sweep_removes_what_a_killed_process_left_and_nothing_that_is_in_use()
    {
        using var inUse = StagingDirectory.CreateTemporary();
        var left = Directory.CreateTempSubdirectory("verso-work-").FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        Directory.CreateDirectory(Path.Combine(left, "files", "folder"));

        await StagingDirectory.SweepTemporaryAsync();

        Directory.Exists(left).ShouldBeFalse();
        Directory.Exists(inUse.Path).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_makes_one_while_others_sweep_has_it_to_himself()
    {
        using var ending = new CancellationTokenSource();
        var sweeping = Task.Run(
            async () =>
            {
                while (!ending.IsCancellationRequested)
                    await StagingDirectory.SweepTemporaryAsync();
            },
            Cancellation
        );

        for (var i = 0; i < 500; i++)
            using (var staging = StagingDirectory.CreateTemporary())
                File.WriteAllText(Path.Combine(staging.Path, "file"), "text");

        await ending.CancelAsync();
        await sweeping;
    }
}
