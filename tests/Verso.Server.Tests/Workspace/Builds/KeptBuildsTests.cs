using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Builds;
using Verso.Server.Compiling;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Tests.Workspace.Access;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>How many builds stay, and for how long what they made is to be had.</summary>
public sealed class KeptBuildsTests
{
    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Three_compiles_of_each_person_and_ten_publishes_stay(DatabaseProvider provider)
    {
        var clock = new Clock();
        await using var server = await StartAsync(provider, clock);
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, grace, "editor");
        var graces = (await CompileAsync(grace))!;
        var compiles = new List<string>();
        for (var i = 0; i < 5; i++)
            compiles.Add(await CompileAsync(ada));
        var publishes = new List<string>();
        for (var i = 0; i < 12; i++)
            publishes.Add(await MakeAsync(ada, "publish", "buildId"));

        foreach (var (build, isThere) in compiles.Select((build, i) => (build, i >= 2)).Append((graces, true)))
            (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/builds/{build}")).ShouldBe(
                isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound
            );
        (await ada.GetAsync($"/api/projects/{project}/publish"))
            .GetProperty("earlier")
            .EnumerateArray()
            .Select(page => page.GetProperty("buildId").GetString())
            .ShouldBe(publishes[2..^1].AsEnumerable().Reverse());
        (await RollBackAsync(publishes[1])).ShouldBe(HttpStatusCode.NotFound);

        // The one that is shown stays, however many come after it.
        (await RollBackAsync(publishes[2])).ShouldBe();
        clock.Advance(TimeSpan.FromDays(1));
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(TestContext.Current.CancellationToken);
        var shown = (await ada.GetAsync($"/api/projects/{project}/publish"));
        shown.GetProperty("buildId").GetString().ShouldBe(publishes[2]);
        using var nobody = server.Anonymous();
        (await nobody.SendAsync(HttpMethod.Get, new Uri(shown.GetProperty("url").GetString()!).AbsolutePath))
            .ShouldBe()
            .Text.ShouldContain("A page");

        Task<string> CompileAsync(Person person) => MakeAsync(person, "compile", "id");

        async Task<string> MakeAsync(Person person, string what, string id)
        {
            clock.Advance(TimeSpan.FromSeconds(1)); // builds are ordered by their time
            return (await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/{what}"))
                .ShouldBe()
                .Json.GetProperty(id)
                .GetString()!;
        }

        Task<Answer> RollBackAsync(string buildId) =>
            ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish/rollback", new { buildId });
    }

    [Fact]
    public async Task An_address_of_content_works_for_as_long_as_the_setting_says()
    {
        var clock = new Clock();
        await using var server = await StartAsync(
            DatabaseProvider.Sqlite,
            clock,
            new BuildsOptions { ContentLifetime = TimeSpan.FromMinutes(5) }
        );
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var url = (await ada.CompileAsync(project)).Url("index.html");

        clock.Advance(TimeSpan.FromMinutes(4));
        (await ada.SendAsync(HttpMethod.Get, url)).ShouldBe();
        clock.Advance(TimeSpan.FromMinutes(2));
        (await ada.SendAsync(HttpMethod.Get, url)).ShouldBe(HttpStatusCode.NotFound);
        JsonElement latest = await ada.GetAsync($"/api/projects/{project}/builds/latest");
        (await ada.SendAsync(HttpMethod.Get, latest.Url("index.html"))).ShouldBe();
    }

    private static async Task<WorkspaceServer> StartAsync(
        DatabaseProvider provider,
        Clock clock,
        BuildsOptions? builds = null
    )
    {
        var database = await Databases.NewAsync(provider);
        return await WorkspaceServer.StartAsync(
            settings =>
            {
                settings = database(settings);
                return settings with { Builds = builds ?? settings.Builds };
            },
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton<ICompileService, StandInCompiles>();
            }
        );
    }
}
