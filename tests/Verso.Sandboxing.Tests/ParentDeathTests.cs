namespace Verso.Sandboxing.Tests;

public sealed class ParentDeathTests
{
    [Fact]
    public async Task A_child_dies_with_a_process_that_is_killed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var host = HostProcess.Start("run", "/bin/sh", "-c", "echo child $$; exec sleep 1000");
        var child = int.Parse((await host.ReadAsync("child ", cancellationToken))["child ".Length..]);
        ProcessTable.IsAlive(child).ShouldBeTrue();

        await host.KillAsync(cancellationToken);

        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(child), "the child died too", cancellationToken);
    }

    [Fact]
    public async Task A_child_outlives_the_thread_that_asked_for_it()
    {
        using var directory = new TemporaryDirectory();
        var release = directory.Combine("release");
        var started = new TaskCompletionSource();
        var spec = Shell.Script("echo up; until [ -e \"$1\" ]; do sleep 0.02; done", release) with
        {
            OnOutput = _ => started.TrySetResult(),
        };
        Task<ProcessResult>? running = null;
        var asking = new Thread(() => running = spec.RunAsync());
        asking.Start();
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        asking.Join();

        await File.WriteAllTextAsync(release, "", TestContext.Current.CancellationToken);

        (await running!).Succeeded.ShouldBeTrue();
    }
}
