namespace Verso.Sandboxing.Tests;

public sealed class FolderTreeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Links_are_named_and_not_entered()
    {
        _directory.Write("outside/file", "");
        _directory.Write("tree/folder/file", "");
        File.CreateSymbolicLink(_directory.Combine("tree/link"), "../outside");
        File.CreateSymbolicLink(_directory.Combine("tree/loop"), ".");
        File.CreateSymbolicLink(_directory.Combine("tree/dangling"), "nowhere");

        FolderTree
            .Entries(_directory.Combine("tree"))
            .Select(entry => Path.GetRelativePath(_directory.Path, entry.FullName))
            .ShouldBe(
                ["tree/folder", "tree/folder/file", "tree/link", "tree/loop", "tree/dangling"],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task What_no_path_can_name_is_told_of_and_can_be_deleted()
    {
        await Shell
            .Python(
                """
                import os, sys
                os.chdir(sys.argv[1])
                for _ in range(60):
                    os.mkdir("d" * 100)
                    os.chdir("d" * 100)
                """,
                _directory.Path
            )
            .RunAsync();
        var beyond = new List<string>();

        var entries = FolderTree.Entries(_directory.Path, beyond.Add).ToList();

        entries.Count.ShouldBeInRange(30, 41);
        beyond.ShouldHaveSingleItem().ShouldBe(entries[^1].FullName);
        await FolderTree.DeleteAsync(entries[0].FullName);
        Directory.EnumerateFileSystemEntries(_directory.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_said()
    {
        var failure = await Should.ThrowAsync<IOException>(() => FolderTree.DeleteAsync("/proc/self"));

        failure.Message.ShouldStartWith("The folder /proc/self cannot be deleted: ");
    }
}
