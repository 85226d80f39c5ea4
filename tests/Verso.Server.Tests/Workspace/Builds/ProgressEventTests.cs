using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>What is told while packages are installed and cells run, and to whom.</summary>
[NeedsSandbox]
public sealed class ProgressEventTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_compile_is_followed_line_by_line_by_its_person_and_all_are_told_of_new_packages()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("greeting", "1.0").WriteTo(wheels.Path);
        await using var index = await TestIndex.StartAsync(wheels.Path);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = index.Url.ToString() },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, grace, "viewer");
        (await ada.WriteAsync(project, "requirements.vrf", "greeting\n")).ShouldBe();
        (
            await ada.WriteAsync(
                project,
                "index.qmd",
                "```{python}\nimport greeting\n```\n\n```{python}\n#| label: second\nprint(2)\n```\n"
            )
        ).ShouldBe();
        await using var hers = await WatchAsync(ada);
        await using var graces = await WatchAsync(grace);

        (await ada.CompileAsync(project)).Status().ShouldBe("success");
        (await ada.WriteAsync(project, "notes.md", "the last that is told")).ShouldBe();

        var told = await UntilAsync(hers, ["changed", "packages"]);
        var compile = told.Where(happened => happened.Type == "compile").Select(happened => happened.Data).ToList();
        var stages = compile.ConvertAll(happened => happened.GetProperty("stage").GetString()!);
        stages
            .Where((stage, i) => i == 0 || stages[i - 1] != stage)
            .ShouldBe(["syncing", "environment", "cells", "rendering", "done"]);
        Messages("environment").ShouldContain(line => line.Contains("greeting"), "what pip and Verso do, line by line");
        Messages("cells").ShouldBe(["Cell 1/2", "Cell 2/2: second"]);
        compile[^1].GetProperty("status").GetString().ShouldBe("success");
        Versions(told).ShouldBe([4]);
        var others = await UntilAsync(graces, ["changed", "packages"]);
        others.Select(happened => happened.Type).ShouldBe(["packages", "changed"], ignoreOrder: true);
        Versions(others).ShouldBe([4]);

        async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(Person person)
        {
            var stream = await person.Client.GetStreamAsync($"/api/projects/{project}/events", Cancelled);
            var events = SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
            (await events.MoveNextAsync()).ShouldBeTrue();
            events.Current.EventType.ShouldBe("watching");
            return events;
        }

        IEnumerable<string> Messages(string stage) =>
            compile
                .Where(happened => happened.GetProperty("stage").GetString() == stage)
                .Select(happened => happened.GetProperty("message").GetString()!);
    }

    private static IEnumerable<int> Versions(IEnumerable<(string Type, JsonElement Data)> told) =>
        told.Where(happened => happened.Type == "changed")
            .Select(happened => happened.Data.GetProperty("version").GetInt32());

    /// <summary>All that is told until there was one of each.</summary>
    private static async Task<List<(string Type, JsonElement Data)>> UntilAsync(
        IAsyncEnumerator<SseItem<string>> events,
        IReadOnlyList<string> types
    )
    {
        var told = new List<(string Type, JsonElement Data)>();
        while (!types.All(type => told.Any(happened => happened.Type == type)) && await events.MoveNextAsync())
            told.Add((events.Current.EventType, JsonDocument.Parse(events.Current.Data).RootElement));
        return told;
    }
}
