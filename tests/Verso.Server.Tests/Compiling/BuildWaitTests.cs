using System.Net;
using System.Text.Json.Nodes;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>While an environment is being built.</summary>
[NeedsSandbox]
public sealed class BuildWaitTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _wheels = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0").WriteTo(_wheels.Path);
        _index = await TestIndex.StartAsync(_wheels.Path);
        _index.Intercept = async context =>
        {
            _asked.TrySetResult();
            await _released.Task.WaitAsync(context.RequestAborted);
            return false;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _wheels.Dispose();
    }

    [Fact]
    public async Task A_compile_goes_on_without_the_packages_after_a_while_and_so_does_the_build()
    {
        await using var server = await StartAsync(TimeSpan.FromSeconds(1));

        var answer = await server.CompileAsync("alpha", Project());

        answer.ShouldBe("success").Environment.GetProperty("reason").GetString().ShouldBe("build-running");
        answer.Entries.ShouldContain(entry => entry.Message.Contains("still being installed"));
        _released.SetResult();
        CompileAnswer later;
        do later = await server.CompileAsync("alpha", Project());
        while (later.Environment.GetProperty("reason").GetString() == "build-running");
        later.ShouldBe("success").Environment.GetProperty("key").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_the_build()
    {
        await using var server = await StartAsync(Timeout.InfiniteTimeSpan);
        var compile = server.CompileAsync("alpha", Project());
        await _asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        (await server.StopAsync("alpha")).ShouldBe(HttpStatusCode.NoContent);

        (await server.CompileAsync("alpha", "# Again")).ShouldBe("success");
        (await compile).ShouldBe("terminated");
        _released.SetResult();
        (await server.CompileAsync("alpha", Project())).ShouldBe("success");
    }

    [Fact]
    public async Task A_watcher_sees_lines_of_the_build()
    {
        await using var server = await StartAsync(Timeout.InfiniteTimeSpan);
        _released.SetResult();
        var compile = server.CompileAsync("alpha", Project());

        await server.SeenAsync("alpha", "environment");

        (await compile).ShouldBe("success");
    }

    private Task<TestServer> StartAsync(TimeSpan wait) =>
        TestServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = _index.Url.ToString() },
                Environments = settings.Environments with { BuildWait = wait },
            }
        );

    private static JsonObject Project() =>
        Request(File("index.qmd", "```{python}\nprint(1)\n```\n"), File("requirements.vrf", "greeting\n"))
            .With("allowPythonInstall", true);
}
