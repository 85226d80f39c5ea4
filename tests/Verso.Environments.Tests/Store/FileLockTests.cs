using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Tests.Store;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string LockFile => _directory.Combine("some.lock");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_lock_file_that_cannot_be_made_says_so_with_the_system_s_error() =>
        Should
            .Throw<IOException>(() => FileLock.TryAcquireShared(_directory.Combine("absent", "some.lock")))
            .HResult.ShouldBe(2, "ENOENT: a full disk is told by its own");

    [Theory]
    [InlineData("shared", "shared", "held")]
    [InlineData("shared", "exclusive", "busy")]
    [InlineData("exclusive", "shared", "busy")]
    [InlineData("exclusive", "exclusive", "busy")]
    public async Task Only_shared_locks_stand_beside_one_another(string here, string elsewhere, string expected)
    {
        using (Take(here).ShouldNotBeNull())
        {
            (await TakeElsewhereAsync(elsewhere)).ShouldBe(expected);
            using var another = Take(elsewhere);
            (another is not null).ShouldBe(expected == "held", "within one process just the same");
        }
    }

    [Fact]
    public async Task A_released_lock_is_free()
    {
        Take("exclusive").ShouldNotBeNull().Dispose();

        (await TakeElsewhereAsync("exclusive")).ShouldBe("held");
    }

    [Fact]
    public async Task A_lock_is_free_once_its_process_is_killed()
    {
        await using var host = HostProcess.Start("lock", "exclusive", LockFile);
        (await host.ReadAsync("", Cancellation)).ShouldBe("held");
        Take("shared").ShouldBeNull();

        await host.KillAsync(Cancellation);

        Take("exclusive").ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task A_child_process_does_not_inherit_a_lock()
    {
        var started = new TaskCompletionSource();
        var held = Take("exclusive").ShouldNotBeNull();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var child = ProcessRunner.RunAsync(
            new ProcessSpec("/bin/sh", "-c", "echo up; exec /bin/sleep 1000") { OnOutput = _ => started.SetResult() },
            stop.Token
        );
        await started.Task.WaitAsync(Cancellation);

        held.Dispose();

        Take("exclusive").ShouldNotBeNull("the child still runs, without the lock").Dispose();
        child.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => child);
    }

    [Fact]
    public void A_lock_file_that_cannot_be_made_is_named()
    {
        var path = _directory.Combine("no", "such", "folder");

        Should
            .Throw<IOException>(() => FileLock.TryAcquireShared(path))
            .Message.ShouldBe($"The lock file {path} cannot be used: No such file or directory");
    }

    private FileLock? Take(string mode) =>
        mode == "shared" ? FileLock.TryAcquireShared(LockFile) : FileLock.TryAcquireExclusive(LockFile);

    private async Task<string> TakeElsewhereAsync(string mode)
    {
        await using var host = HostProcess.Start("lock", mode, LockFile);
        return await host.ReadAsync("", Cancellation);
    }

    [Fact]
    public async Task A_lock_whose_file_is_deleted_under_it_is_none()
    {
        for (var round = 0; round < 200; round++)
        {
            var held = Take("exclusive").ShouldNotBeNull();
            var taking = Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => Take("exclusive") ?? Take("exclusive"), Cancellation))
                .ToList();
            File.Delete(LockFile);
            held.Dispose();

            var taken = (await Task.WhenAll(taking)).OfType<FileLock>().ToList();

            taken.Count.ShouldBeLessThan(2, "two would both believe to be alone");
            taken.ForEach(one => one.Dispose());
        }
    }
}
