using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Verso.Cli.Tests;

/// <summary>What becomes of the store when builds are interrupted, killed, or meet.</summary>
[NeedsSandbox]
public sealed class BuildsOfSeveralProcessesTests(Installation installation) : IAsyncLifetime
{
    private readonly TemporaryDirectory _place = new();
    private TestIndex _index = null!;

    private string Environments => _place.Combine("store", "v1", "environments");

    private string Staging => _place.Combine("store", "v1", "staging");

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0").WriteTo(_place.Combine("wheels"));
        _place.Write("project/requirements.vrf", "greeting\n");
        _index = await TestIndex.StartAsync(_place.Combine("wheels"));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task One_of_two_builds_at_once_builds_and_the_other_reuses()
    {
        var bothStarted = new TaskCompletionSource();
        _index.Intercept = async _ =>
        {
            await bothStarted.Task;
            return false;
        };
        using var first = Start();
        using var second = Start();
        bothStarted.SetResult();

        string?[] states = [await StateAsync(first), await StateAsync(second)];

        states.ShouldBe(["built", "reused"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(RunningProgram.SigInt, 130)]
    [InlineData(RunningProgram.SigTerm, 143)]
    public async Task A_signal_during_a_build_ends_it_and_leaves_nothing_half_made(int signal, int exitCode)
    {
        var (asked, aborted) = HoldPage(number: 2);
        using var program = Start();
        await asked.WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken);
        Directory.GetDirectories(Staging).ShouldNotBeEmpty("wheels, and maybe the empty virtualenv");

        program.Signal(signal);

        (await program.EndAsync()).ShouldBe((exitCode, "", ""));
        await aborted.WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken); // the gateway is gone
        Directory.GetFileSystemEntries(Environments).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Staging).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)] // while pip resolves
    [InlineData(2)] // while it installs
    public async Task After_a_build_was_killed_the_next_one_builds(int page)
    {
        var (asked, aborted) = HoldPage(page);
        using var killed = Start();
        await asked.WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken);
        killed.Signal(RunningProgram.SigKill);
        (await killed.EndAsync()).ExitCode.ShouldBe(128 + RunningProgram.SigKill);
        await aborted.WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken); // it died, and its gateway with it
        _index.Intercept = null;

        using var next = Start();

        (await StateAsync(next)).ShouldBe("built");
        using var again = Start();
        (await StateAsync(again)).ShouldBe("reused");
        Directory.GetFileSystemEntries(Environments).Length.ShouldBe(2, "an environment and its record");
    }

    private RunningProgram Start()
    {
        var variables = new Dictionary<string, string>(installation.Variables(_place))
        {
            ["PackageIndex__Upstream"] = _index.Url.ToString(),
        };
        return RunningProgram.Start(_place.Path, variables, "env", "build", "project", "--json");
    }

    private static async Task<string?> StateAsync(RunningProgram program)
    {
        var (exitCode, output, error) = await program.EndAsync();
        (exitCode, error).ShouldBe((0, ""), output);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("state").GetString();
    }

    /// <summary>Lets the package's page wait, when it is asked for the nth time, until whoever asked is gone.</summary>
    private (Task Asked, Task Aborted) HoldPage(int number)
    {
        var asked = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        var count = 0;
        _index.Intercept = async context =>
        {
            if (!IsPage(context.Request) || Interlocked.Increment(ref count) != number)
                return false;
            context.RequestAborted.Register(aborted.SetResult);
            asked.SetResult();
            await aborted.Task;
            return true;
        };
        return (asked.Task, aborted.Task);
    }

    private static bool IsPage(HttpRequest request) => request.Path.StartsWithSegments("/simple/greeting");
}
