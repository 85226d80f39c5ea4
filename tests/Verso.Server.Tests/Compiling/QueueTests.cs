using System.Net;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

[NeedsSandbox]
public sealed class QueueTests : IAsyncLifetime
{
    private const string Waits = "```{python}\nwhile True: pass\n```\n";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with
                {
                    Concurrent = 1,
                    QueueLength = 4,
                    Anonymous = settings.Compile.Anonymous with
                    {
                        Concurrent = 1,
                        QueueLength = 1,
                        Timeout = TimeSpan.FromSeconds(3),
                    },
                },
            }
        );

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_comes_while_too_many_wait_is_told_to_come_again()
    {
        var running = await BeginAsync("first");
        var waiting = await QueueAsync("second");

        var answer = await _server.CompileAsync("third", "# Words"); // of one person's four places one is taken

        answer.ShouldBe("unavailable", HttpStatusCode.ServiceUnavailable);
        answer.RetryAfter.ShouldNotBeNull();
        await _server.StopAsync("first");
        (await running).ShouldBe("terminated");
        (await waiting).ShouldBe("success");
        (await _server.CompileAsync("third", "# Words")).ShouldBe("success");
    }

    [Fact]
    public async Task Who_waits_can_be_stopped()
    {
        var running = await BeginAsync("first");
        var waiting = await QueueAsync("second");

        (await _server.StopAsync("second")).ShouldBe(HttpStatusCode.NoContent);

        (await waiting).ShouldBe("terminated");
        await _server.StopAsync("first");
        await running;
        (await _server.CompileAsync("third", "# Words")).ShouldBe("success");
    }

    [Fact]
    public async Task Anonymous_people_wait_for_each_other_alone()
    {
        var running = await BeginAsync("first");
        (await _server.CompileAsync("other", Request(File("index.qmd", "# Words")), user: null)).ShouldBe("success");

        var anonymous = await BeginAsync("second", user: null);
        var waiting = await QueueAsync("third", user: null);
        var refused = await _server.CompileAsync("fourth", Request(File("index.qmd", "# Words")), user: null);

        refused.ShouldBe("unavailable", HttpStatusCode.ServiceUnavailable);
        (await anonymous).ShouldBe("timedout").Error.ShouldContain("longer than 3 s"); // whatever it asked for
        (await waiting).ShouldBe("success");
        await _server.StopAsync("first");
        await running;
    }

    [Fact]
    public async Task A_watcher_sees_a_compile_from_its_place_in_the_queue_to_its_end()
    {
        var running = await BeginAsync("first");
        var seen = new List<string>();
        var watching = WatchAsync();
        var waiting = await QueueAsync("second");
        await _server.StopAsync("first");

        await watching;

        seen.ShouldBe(["queued 1", "syncing", "cells Cell 1/1", "rendering", "done success"]);
        await running;
        await waiting;

        async Task WatchAsync()
        {
            await foreach (var (stage, data) in _server.WatchAsync("second"))
                seen.Add(
                    stage switch
                    {
                        "queued" => $"queued {data.GetProperty("place").GetInt32()}",
                        "cells" => $"cells {data.GetProperty("message").GetString()}",
                        "done" => $"done {data.GetProperty("status").GetString()}",
                        _ => stage,
                    }
                );
        }
    }

    private async Task<Task<CompileAnswer>> BeginAsync(string project, string? user = User)
    {
        var compile = _server.CompileAsync(project, Request(File("index.qmd", Waits)).With("timeout", 600), user);
        await _server.SeenAsync(project, "cells", user: user);
        return compile;
    }

    private async Task<Task<CompileAnswer>> QueueAsync(string project, string? user = User)
    {
        var compile = _server.CompileAsync(project, Request(File("index.qmd", "```{python}\n1\n```\n")), user);
        await _server.SeenAsync(project, "queued", user: user);
        return compile;
    }
}
