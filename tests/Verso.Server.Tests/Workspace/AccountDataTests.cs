using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

/// <summary>What an account's person takes along, and what is left when it is gone.</summary>
public sealed class AccountDataTests
{
    [Fact]
    public async Task An_export_has_all_that_is_known_of_the_account_and_nothing_secret_or_of_others()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (own, others, foreign) = (
            await ada.CreateProjectAsync("Own"),
            await grace.CreateProjectAsync("Shared"),
            await grace.CreateProjectAsync("Private")
        );
        await grace.TakeInAsync(others, ada, "viewer");
        using var script = await ada.WithTokenAsync("read", "write");
        var secret = script.Client.DefaultRequestHeaders.Authorization!.Parameter!;

        var answer = (await ada.SendAsync(HttpMethod.Get, "/api/account/export")).ShouldBe();

        var account = answer.Json.GetProperty("account");
        account.GetProperty("userName").GetString().ShouldBe("ada");
        account.GetProperty("email").GetString().ShouldBe("ada@example.org");
        answer
            .Json.GetProperty("projects")
            .EnumerateArray()
            .Select(p => (p.GetProperty("id").GetString(), p.GetProperty("role").GetString()))
            .ShouldBe([(own, "owner"), (others, "viewer")], ignoreOrder: true);
        answer.Json.GetProperty("tokens").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("script");
        answer
            .Json.GetProperty("audit")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString())
            .ShouldContain("invitation.accepted");
        var hashes = await server.WithContextAsync(context =>
            context.Users.Where(user => user.Id == ada.Id).Select(user => user.PasswordHash!).SingleAsync()
        );
        foreach (var unwanted in (string[])[secret, hashes, foreign, grace.Id, "grace@example.org"])
            answer.Text.ShouldNotContain(unwanted);
        (await script.SendAsync(HttpMethod.Get, "/api/account/export")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_deleted_account_takes_its_projects_along_and_leaves_what_it_did_in_others(
        DatabaseProvider provider
    )
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (own, others) = (await ada.CreateProjectAsync("Own"), await grace.CreateProjectAsync("Shared"));
        await ada.TakeInAsync(own, grace, "editor");
        await grace.TakeInAsync(others, ada, "editor");
        (await ada.WriteAsync(others, "by-ada.md", "hers")).ShouldBe();
        using var script = await ada.WithTokenAsync("read", "write");

        (await DeleteAsync("wrong")).ShouldBe(HttpStatusCode.Forbidden);
        (await ada.GetAsync("/api/projects")).GetArrayLength().ShouldBe(2);
        (await DeleteAsync(WorkspaceServer.Password)).ShouldBe(HttpStatusCode.NoContent);

        foreach (var gone in (Person[])[ada, script])
            (await gone.SendAsync(HttpMethod.Get, "/api/projects")).ShouldBe(HttpStatusCode.Unauthorized);
        (
            await ada.SendAsync(HttpMethod.Post, "/api/session", new { userName = "ada", WorkspaceServer.Password })
        ).Status.ShouldNotBe(HttpStatusCode.NoContent);
        (await grace.SendAsync(HttpMethod.Get, $"/api/projects/{own}")).ShouldBe(HttpStatusCode.NotFound);
        (await grace.ReadAsync(others, "by-ada.md")).ShouldBe("hers");
        var version = (await grace.GetAsync($"/api/projects/{others}/versions"))[0];
        version.GetProperty("summary").GetString().ShouldBe("Added by-ada.md");
        version.GetProperty("by").ValueKind.ShouldBe(JsonValueKind.Null);
        (await grace.GetAsync($"/api/projects/{others}/members"))
            .EnumerateArray()
            .Count()
            .ShouldBe(1, "grace alone is left");
        // Somebody else may have the name, and is somebody else.
        using var second = await server.SignInAsync("ada");
        (await second.GetAsync("/api/projects")).GetArrayLength().ShouldBe(0);

        Task<Answer> DeleteAsync(string password) =>
            ada.SendAsync(HttpMethod.Post, "/api/account/delete", new { password });
    }
}
