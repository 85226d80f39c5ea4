namespace Verso.Sandboxing.Tests.Attacks;

/// <summary>As root, a run owns the folder that it writes to while it lasts: nothing else changes hands with it.</summary>
[NeedsSandbox]
public sealed class OwnershipTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Sandbox _sandbox = new(new SandboxOptions());

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("os.symlink(host, 'link')")]
    [InlineData("os.symlink(host + '/file', 'link')")]
    [InlineData("os.mkdir('in'); os.symlink(host, 'in/link')")]
    [InlineData("os.symlink('../host', 'link')")]
    public async Task What_a_planted_link_leads_to_keeps_its_owner(string plant)
    {
        var (host, project) = await PrepareAsync();

        (await RunAsync($"import os; host = '{host}'; {plant}", project)).Succeeded.ShouldBeTrue();
        (await RunAsync("pass", project)).Succeeded.ShouldBeTrue(); // begins with the link in its folder

        (await OwnersAsync(host)).ShouldBe("65534 65534 65534 ");
    }

    [Fact]
    public async Task What_a_run_leaves_is_ours_and_sets_no_user_id()
    {
        var (_, project) = await PrepareAsync();

        await RunAsync("import os; open('x', 'w').close(); os.chmod('x', 0o6755)", project);

        EntryStatus.Of(Path.Combine(project, "x"))!.Value.RunsAsOwner.ShouldBeFalse();
        (await OwnersAsync(project)).ShouldBe("0 0 ");
    }

    private async Task<(string Host, string Project)> PrepareAsync()
    {
        Assert.SkipUnless(_sandbox.OwnsWhatItWrites, "Only root's runs own what they write to.");
        var host = Path.GetDirectoryName(_directory.Write("host/file", "the host's"))!;
        _directory.Write("host/folder/.keep", "");
        File.Delete(_directory.Combine("host/folder/.keep"));
        (await new ProcessSpec("chown", "-R", "65534", host).RunAsync()).Succeeded.ShouldBeTrue();
        return (host, Directory.CreateDirectory(_directory.Combine("project")).FullName);
    }

    private static async Task<string> OwnersAsync(string folder) =>
        (await new ProcessSpec("find", folder, "-printf", "%U ").RunAsync()).Output;

    private Task<SandboxResult> RunAsync(string python, string project) =>
        _sandbox.RunAsync(
            new ProcessSpec("/usr/bin/python3", "-I", "-c", python) { WorkingDirectory = project },
            SandboxProfile.Render(_sandbox.Options) with
            {
                Writable = [new WritableFolder(project)],
            },
            TestContext.Current.CancellationToken
        );
}
