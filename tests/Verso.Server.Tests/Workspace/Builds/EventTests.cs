using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Verso.Server.Tests.Workspace.Builds;

[NeedsSandbox]
public sealed class EventTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_a_project_open_is_told_what_happens_in_it()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        await using var stream = await ada.Client.GetStreamAsync($"/api/projects/{project}/events", Cancelled);
        await using var events = SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        (await NextAsync("watching")).GetProperty("version").GetInt32().ShouldBe(1, "as it was made");

        (await ada.WriteAsync(project, "index.qmd", "Words\n")).ShouldBe();
        (await NextAsync("changed")).GetProperty("version").GetInt32().ShouldBe(2);

        (await ada.CompileAsync(project)).Status().ShouldBe("success");
        var compile = await NextAsync("compile");
        while (compile.GetProperty("stage").GetString() != "done")
            compile = await NextAsync("compile");
        compile.GetProperty("status").GetString().ShouldBe("success");

        async Task<JsonElement> NextAsync(string type)
        {
            while (await events.MoveNextAsync())
                if (events.Current.EventType == type)
                    return JsonDocument.Parse(events.Current.Data).RootElement;
            throw new InvalidOperationException($"The events ended before one of {type}.");
        }
    }

    [Fact]
    public async Task They_end_for_somebody_who_is_removed()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, grace, "viewer");
        await using var stream = await grace.Client.GetStreamAsync($"/api/projects/{project}/events", Cancelled);
        var types = new List<string>();

        await foreach (var happened in SseParser.Create(stream).EnumerateAsync(Cancelled))
        {
            types.Add(happened.EventType);
            if (happened.EventType == "watching")
                await ada.RemoveAsync(project, grace);
        }

        types.ShouldBe(["watching"]);
    }
}
