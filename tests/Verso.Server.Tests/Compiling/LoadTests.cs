using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Queue;
using Verso.Server.Compiling.Running;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>Many clients at once: nothing is lost, nothing is mixed up, nothing is left.</summary>
[NeedsSandbox]
[Collection(nameof(AloneOnTheMachine))]
[Trait("Suite", "Long")]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Clients = 50;
    private const int ProjectsEach = 4;
    private const int CompilesEach = 40;

    [Fact]
    public async Task Two_thousand_compiles_of_two_hundred_projects_by_fifty_clients()
    {
        await using var server = await TestServer.StartAsync();
        (await server.CompileAsync("warm", "# Up")).ShouldBe("success");
        var descriptors = Descriptors();
        var watch = Stopwatch.StartNew();

        var seconds = (await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => WorkAsync(server, client))))
            .SelectMany(each => each)
            .Order()
            .ToList();

        watch.Stop();
        using var process = Process.GetCurrentProcess();
        output.WriteLine(
            $"{seconds.Count} compiles in {watch.Elapsed.TotalSeconds:0} s ({seconds.Count / watch.Elapsed.TotalSeconds:0.0}/s); "
                + $"each took, the queue included, {seconds[seconds.Count / 2]:0.0} s (median), {seconds[seconds.Count * 99 / 100]:0.0} s (99%), {seconds[^1]:0.0} s (longest); "
                + $"peak memory {process.PeakWorkingSet64 >> 20} MiB; descriptors {descriptors} before, {Descriptors()} after"
        );
        seconds.Count.ShouldBe(Clients * CompilesEach);
        server.Unfinished.ShouldBeEmpty();
        Directory
            .GetDirectories(server.Combine("compiles", "v1", "projects"))
            .Length.ShouldBe(Clients * ProjectsEach + 1);
        foreach (var folder in Directory.GetDirectories(server.Combine("compiles", "v1", "projects")))
            Directory.GetDirectories(Path.Combine(folder, "builds")).Length.ShouldBeLessThanOrEqualTo(3);
        server.Services.GetRequiredService<RunningCompiles>().Count.ShouldBe(0);
        server.Services.GetRequiredService<CompileQueues>().Of(CompileTarget.Of("any", User)).Waiting.ShouldBe(0);
        ProcessTable.DescendantsOf(Environment.ProcessId).Where(ProcessTable.IsAlive).ShouldBeEmpty();
        server.Client.Dispose(); // with its connections
        await Eventually.IsTrueAsync(
            () => Descriptors() <= descriptors + 10,
            $"the descriptors are closed ({Descriptors()}, {descriptors} before)",
            TestContext.Current.CancellationToken
        );
    }

    private static async Task<List<double>> WorkAsync(TestServer server, int client)
    {
        var user = $"{client:x24}";
        var seconds = new List<double>();
        for (var i = 0; i < CompilesEach; i++)
        {
            var project = $"project-{client}-{i % ProjectsEach}";
            var mark = $"mark-{client}-{i}-{Random.Shared.Next()}";
            var watch = Stopwatch.StartNew();
            var answer = await server.CompileAsync(project, Document(client, i, mark), user);
            seconds.Add(watch.Elapsed.TotalSeconds);

            var page = await answer.ShouldBe("success").ReadAsync(server, "index.html");
            page.ShouldContain(mark);
            page.Split("mark-").Length.ShouldBe(2, "somebody else's words are in it");
        }
        return seconds;
    }

    // One of ten runs code; each project gets a full sync first, then such as have only what changed.
    private static JsonObject Document(int client, int i, string mark)
    {
        var document = File(
            "index.qmd",
            (client + i) % 10 == 9 ? $"```{{python}}\n#| echo: false\nprint('{mark}')\n```\n" : $"Words {mark}\n"
        );
        return i < ProjectsEach
            ? Request(document, File("data.txt", "data")).With("syncState", "one")
            : Request(document).With("syncType", "incremental").With("syncState", "one");
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}

[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
