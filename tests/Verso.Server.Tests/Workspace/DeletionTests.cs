using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Projects;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

/// <summary>Putting projects aside, and deleting them: first so that they can be brought back, then for good.</summary>
public sealed class DeletionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archived_project_stays_what_it_is_and_comes_back()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, grace, "editor");

        (await ArchiveAsync(grace, project, true)).ShouldBe(HttpStatusCode.Forbidden);
        (await ArchiveAsync(ada, project, true)).ShouldBe().Json.GetProperty("isArchived").GetBoolean().ShouldBeTrue();
        foreach (var person in (Person[])[ada, grace])
            (await ListedAsync(person, project))!.Value.GetProperty("isArchived").GetBoolean().ShouldBeTrue();
        (await grace.WriteAsync(project, "notes.md", "still here")).ShouldBe();
        (await ada.ReadAsync(project, "notes.md")).ShouldBe("still here");

        (await ArchiveAsync(ada, project, false)).ShouldBe();
        (await ListedAsync(ada, project))!.Value.GetProperty("isArchived").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_deleted_project_comes_back_whole_until_its_time_is_up_and_then_goes_with_its_contents(
        DatabaseProvider provider
    )
    {
        var clock = new Clock();
        var database = await Databases.NewAsync(provider);
        await using var server = await WorkspaceServer.StartAsync(
            settings =>
            {
                settings = database(settings);
                return settings with
                {
                    Storage = settings.Storage with { BlobGrace = TimeSpan.FromHours(6) },
                    Projects = settings.Projects with { DeletedFor = TimeSpan.FromDays(10) },
                };
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock)
        );
        var housekeeping = server.Services.GetRequiredService<Housekeeping>();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (doomed, other) = (await ada.CreateProjectAsync("Doomed"), await ada.CreateProjectAsync("Other"));
        await ada.TakeInAsync(doomed, grace, "editor");
        foreach (var (project, text) in new[] { (doomed, "only here"), (doomed, "here too"), (other, "here too") })
            (await ada.WriteAsync(project, $"{text}.md", text)).ShouldBe();
        var contents = Contents(server);

        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{doomed}")).ShouldBe(HttpStatusCode.NoContent);
        (await ada.WriteAsync(doomed, "late.md", "too late")).ShouldBe(HttpStatusCode.NotFound);
        (await ListedAsync(grace, doomed)).ShouldBeNull();
        (await ListedAsync(ada, doomed))!.Value.GetProperty("deletedAt").ValueKind.ShouldBe(JsonValueKind.String);
        clock.Advance(TimeSpan.FromDays(9));
        await housekeeping.RunAsync(Cancelled);
        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{doomed}/undelete")).ShouldBe(HttpStatusCode.NoContent);
        (await grace.ReadAsync(doomed, "only here.md")).ShouldBe("only here");
        Contents(server).ShouldBe(contents);

        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{doomed}")).ShouldBe(HttpStatusCode.NoContent);
        clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromMinutes(1));
        await ada.SignInAsync("ada", WorkspaceServer.Password);
        await housekeeping.RunAsync(Cancelled);

        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{doomed}/undelete")).ShouldBe(HttpStatusCode.NotFound);
        (await ListedAsync(ada, doomed)).ShouldBeNull();
        (
            await server.WithContextAsync(context => context.ProjectFiles.CountAsync(f => f.ProjectId == doomed))
        ).ShouldBe(0);
        Contents(server)
            .Select(path => Path.GetFileName(path))
            .ShouldBe(
                (await ada.GetAsync($"/api/projects/{other}/files"))
                    .EnumerateArray()
                    .Select(file => file.GetProperty("eTag").GetString()!)
                    .Order(),
                "what the other project has too stays, and nothing else"
            );
        (await ada.ReadAsync(other, "here too.md")).ShouldBe("here too");
    }

    private static Task<Answer> ArchiveAsync(Person person, string project, bool isArchived) =>
        person.SendAsync(HttpMethod.Patch, $"/api/projects/{project}", new { isArchived });

    private static async Task<JsonElement?> ListedAsync(Person person, string project)
    {
        var found = (await person.GetAsync("/api/projects"))
            .EnumerateArray()
            .Where(listed => listed.GetProperty("id").GetString() == project)
            .ToList();
        return found.Count == 0 ? null : found.Single();
    }

    private static List<string> Contents(WorkspaceServer server) =>
        [
            .. Directory
                .EnumerateFiles(server.Combine("workspace", "blobs", "v1"), "*", SearchOption.AllDirectories)
                .Order(),
        ];
}
