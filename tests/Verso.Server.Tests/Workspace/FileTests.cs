using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace;

public sealed class FileTests
{
    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_is_written_is_read_and_every_change_is_a_version(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();

        (await ada.WriteAsync(project, "data/a.csv", "1,2\n", ifMatch: null)).ShouldBe();
        (await ada.WriteAsync(project, "data/a.csv", "3,4\n")).ShouldBe();

        (await ada.ReadAsync(project, "data/a.csv")).ShouldBe("3,4\n");
        var versions = await ada.GetAsync($"/api/projects/{project}/versions");
        versions
            .EnumerateArray()
            .Select(v => v.GetProperty("summary").GetString())
            .ShouldBe(["Changed data/a.csv", "Added data/a.csv", "Created"]);
        versions[0].GetProperty("by").GetString().ShouldBe("ada");
        (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/versions/2/files/data/a.csv")).Text.ShouldBe(
            "1,2\n"
        );

        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/versions/2/restore")).ShouldBe();
        (await ada.ReadAsync(project, "data/a.csv")).ShouldBe("1,2\n");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_version_whose_contents_are_lost_takes_the_place_of_nothing(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var lost = (await ada.WriteAsync(project, "a.md", "lost")).ShouldBe().Json.GetProperty("eTag").GetString()!;
        (await ada.WriteAsync(project, "a.md", "there")).ShouldBe();
        // As a server that was killed while it collected leaves it: with the row, without the file.
        File.Delete(server.Services.GetRequiredService<BlobStore>().PathOf(lost));

        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/versions/2/restore")).ShouldBe(
            HttpStatusCode.NotFound
        );
        (await ada.ReadAsync(project, "a.md")).ShouldBe("there");
        (await ada.GetAsync($"/api/projects/{project}")).GetProperty("version").GetInt32().ShouldBe(3);

        // Whoever writes it again has it.
        (await ada.WriteAsync(project, "b.md", "lost")).ShouldBe();
        (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/versions/2/restore")).ShouldBe();
        (await ada.ReadAsync(project, "a.md")).ShouldBe("lost");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Nothing_is_overwritten_unseen(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var first = (await ada.WriteAsync(project, "a.md", "one", ifMatch: null))
            .ShouldBe()
            .Json.GetProperty("eTag")
            .GetString()!;
        (await ada.WriteAsync(project, "a.md", "two", first)).ShouldBe();

        (await ada.WriteAsync(project, "a.md", "three", ifMatch: null)).ShouldBe(HttpStatusCode.PreconditionRequired);
        var conflict = (await ada.WriteAsync(project, "a.md", "three", first)).ShouldBe(
            HttpStatusCode.PreconditionFailed
        );

        conflict.Json.GetProperty("current").GetProperty("content").GetString().ShouldBe("two");
        (await ada.ReadAsync(project, "a.md")).ShouldBe("two");
    }
}
