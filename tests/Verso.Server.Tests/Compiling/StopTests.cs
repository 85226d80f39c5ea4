using System.Net;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>However a compile ends, nothing of it runs any more, and its project can be compiled again.</summary>
[NeedsSandbox]
public sealed class StopTests : IAsyncLifetime
{
    // What a process that the document starts can be told by.
    private readonly string _mark = $"{Random.Shared.Next(100_000_000, 999_999_999)}";
    private TestServer _server = null!;

    private string Loops =>
        $"""
            ```{"{python}"}
            import subprocess
            child = subprocess.Popen(['sleep', '{_mark}'])
            print('begun')
            while True:
                pass
            ```

            """;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Stopping_ends_a_cell_that_loops()
    {
        var compile = await BeginAsync();

        (await _server.StopAsync("alpha")).ShouldBe(HttpStatusCode.NoContent);

        ProcessTable.WithArgument(_mark).ShouldBeEmpty();
        (await _server.CompileAsync("alpha", "# Again")).ShouldBe("success");
        (await compile).ShouldBe("terminated");
    }

    [Fact]
    public async Task Stopping_what_does_not_run_is_no_fault() =>
        (await _server.StopAsync("alpha")).ShouldBe(HttpStatusCode.NoContent);

    [Fact]
    public async Task Clearing_ends_a_cell_that_loops_and_leaves_nothing()
    {
        var compile = await BeginAsync();

        (await _server.ClearAsync("alpha")).ShouldBe(HttpStatusCode.NoContent);

        ProcessTable.WithArgument(_mark).ShouldBeEmpty();
        Directory.Exists(_server.TargetFolder("alpha")).ShouldBeFalse();
        (await compile).ShouldBe("terminated");
        _server.Unfinished.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compile_that_takes_too_long_is_ended_with_a_log_of_what_it_did()
    {
        var answer = await _server.CompileAsync("alpha", Request(File("index.qmd", Loops)).With("timeout", 2));

        answer.ShouldBe("timedout").Outputs.ShouldBe(["output.log"]);
        ProcessTable.WithArgument(_mark).ShouldBeEmpty();
        answer.Error.ShouldContain("longer than 2 s");
        (await answer.ReadAsync(_server, "output.log")).ShouldContain("Cell 1/1");
        (await _server.CompileAsync("alpha", "# Again")).ShouldBe("success");
    }

    [Fact]
    public async Task A_project_is_compiled_once_at_a_time()
    {
        var compile = await BeginAsync();

        var second = await _server.CompileAsync("alpha", "# Words");
        second.ShouldBe("compile-in-progress", HttpStatusCode.Locked);
        (await _server.CompileAsync("alpha", Request(File("index.qmd", "# Words")), user: null)).ShouldBe("success");

        await _server.StopAsync("alpha");
        await compile;
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_compile()
    {
        using var patience = new CancellationTokenSource();
        var compile = LoopAsync(patience.Token);
        await _server.SeenAsync("alpha", "cells");
        await StartedAsync();

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(compile);
        await Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(_mark).Count == 0,
            "the document's processes are gone",
            TestContext.Current.CancellationToken
        );
        await _server.StopAsync("alpha"); // by then its lock is free, or this waits for it
        (await _server.CompileAsync("alpha", "# Again")).ShouldBe("success");
    }

    [Fact]
    public async Task Stopping_the_service_ends_its_compiles()
    {
        var compile = await BeginAsync();

        await _server.StopAsync();

        (await compile).ShouldBe("unavailable", HttpStatusCode.ServiceUnavailable);
        ProcessTable.WithArgument(_mark).ShouldBeEmpty();
    }

    private async Task<Task<CompileAnswer>> BeginAsync()
    {
        var compile = LoopAsync(TestContext.Current.CancellationToken);
        await StartedAsync();
        return compile;
    }

    private Task<CompileAnswer> LoopAsync(CancellationToken cancellationToken) =>
        _server.CompileUntilAsync("alpha", Request(File("index.qmd", Loops)), User, cancellationToken);

    private Task StartedAsync() =>
        Eventually.IsTrueAsync(
            () => ProcessTable.WithArgument(_mark).Count > 0,
            "the document has started a process",
            TestContext.Current.CancellationToken
        );
}
