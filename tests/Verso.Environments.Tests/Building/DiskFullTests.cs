using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

[NeedsSandbox]
public sealed class DiskFullTests
{
    [Theory]
    [InlineData(0, false)] // not even to resolve
    [InlineData(32, true)] // for about an empty virtualenv
    [InlineData(1024, true)] // for not all of the package
    public async Task A_full_disk_is_named_and_once_there_is_space_the_build_succeeds(int freeKilobytes, bool resolved)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a small file system takes root.");
        var big = string.Join('\n', Enumerable.Range(0, 60_000).Select(i => $"x{i} = {i * 7919}"));
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0") { Files = new Dictionary<string, string> { ["alpha.py"] = big + "\n" } }
        );
        fixture.Options = fixture.Options with { RetryTransientAfter = TimeSpan.FromTicks(1) };
        var store = Directory.CreateDirectory(fixture.Options.StoreDirectory).FullName;
        await Run.CheckedAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", store);
        try
        {
            if (resolved)
                await fixture.NewStore().ResolveAsync(fixture.Project("alpha"));
            var filling = Fill(store, freeKilobytes);

            var failed = await fixture.FailAsync("alpha");

            failed.Reason.ShouldBe(BaseReason.BuildFailed);
            failed.Message.ShouldBe(
                "The disk that holds the environments is full; free some space and render again.",
                failed.Log
            );
            fixture.Leftovers.ShouldBeEmpty();
            File.Delete(filling);
            using var lease = await fixture.LeaseAsync("alpha");
            lease.Built.ShouldBeTrue();
            (await lease.Environment.RunPythonAsync("import alpha; print(alpha.x1)")).ShouldBe("7919");
        }
        finally
        {
            await Run.CheckedAsync("umount", "--lazy", store);
        }
    }

    private static string Fill(string directory, int freeKilobytes)
    {
        var path = Path.Combine(directory, "filling");
        using var file = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - freeKilobytes * 1024L));
        }
        return path;
    }
}
