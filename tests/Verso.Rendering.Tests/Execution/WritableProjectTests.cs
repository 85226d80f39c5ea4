using Verso.Rendering.Documents;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests.Execution;

/// <summary>The copy of a project that its code writes to.</summary>
public sealed class WritableProjectTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Everything_is_there_empty_folders_too()
    {
        _project.Write("data/table.csv", "1,2");
        Directory.CreateDirectory(_project.Combine("figures/empty"));

        await using var copy = await CopyAsync();

        File.ReadAllText(Path.Combine(copy.Root, "data/table.csv")).ShouldBe("1,2");
        Directory.Exists(Path.Combine(copy.Root, "figures/empty")).ShouldBeTrue();
        copy.Files().ShouldAllBe(file => !file.Changed);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_left_alone()
    {
        foreach (var name in (string[])["both.txt", "code.txt", "deleted.txt"])
            _project.Write(name, "before");
        await using var copy = await CopyAsync();
        foreach (var name in (string[])["both.txt", "code.txt", "deleted.txt", "new.txt", "made.txt"])
            File.WriteAllText(Path.Combine(copy.Root, name), "by the code");
        _project.Write("both.txt", "by somebody");
        _project.Write("new.txt", "by somebody");
        File.Delete(_project.Combine("deleted.txt"));

        var leftAlone = copy.BringBack();

        leftAlone
            .Select(entry => entry.File)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["both.txt", "deleted.txt", "new.txt"]);
        File.ReadAllText(_project.Combine("both.txt")).ShouldBe("by somebody");
        File.ReadAllText(_project.Combine("new.txt")).ShouldBe("by somebody");
        File.ReadAllText(_project.Combine("code.txt")).ShouldBe("by the code");
        File.ReadAllText(_project.Combine("made.txt")).ShouldBe("by the code");
        File.Exists(_project.Combine("deleted.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Copying_can_be_cancelled()
    {
        _project.Write("one", "");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            WritableProject.CreateAsync(_project.Path, new Sandbox(new SandboxOptions()), cancelled.Token, apart: true)
        );
    }

    [Fact]
    public void Too_much_to_copy_is_refused_with_what_to_do()
    {
        _project.Write("one", "12345");
        _project.Write("two", "12345");

        AddAll(new CopyLimit(mostBytes: 10, mostEntries: 2));
        Should
            .Throw<DocumentException>(() => AddAll(new CopyLimit(mostEntries: 1)))
            .Message.ShouldStartWith("The project has more than 1 files and folders, of which a copy is made");
        Should
            .Throw<DocumentException>(() => AddAll(new CopyLimit(mostBytes: 9)))
            .Message.ShouldEndWith("keep in its folder only what its documents need.");
    }

    private void AddAll(CopyLimit limit)
    {
        foreach (var entry in FolderTree.Entries(_project.Path))
            limit.Add(entry);
    }

    private Task<WritableProject> CopyAsync() =>
        WritableProject.CreateAsync(
            _project.Path,
            new Sandbox(new SandboxOptions()),
            TestContext.Current.CancellationToken,
            apart: true
        );
}
