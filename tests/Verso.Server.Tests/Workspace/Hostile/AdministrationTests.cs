using System.Net;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>What administrators decide holds, there is always one, and what happens to accounts is written down.</summary>
public sealed class AdministrationTests
{
    private const int Rounds = 10;

    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_was_answered_to_be_forbidden_is(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var root = await server.SignInAsync("root", administrator: true);
        for (var round = 0; round < Rounds; round++)
        {
            using var bob = await server.SignInAsync($"bob{round}");
            var path = $"/api/admin/accounts/{bob.Id}";

            var answers = await Task.WhenAll(
                root.SendAsync(HttpMethod.Patch, path, new { mayInstall = false }),
                root.SendAsync(HttpMethod.Patch, path, new { isAdministrator = true }),
                bob.SendAsync(HttpMethod.Patch, "/api/account", new { displayName = "Bob" })
            );

            answers[0].ShouldBe();
            answers[1].ShouldBe();
            var account = await server.WithContextAsync(context => context.Users.SingleAsync(a => a.Id == bob.Id));
            account.MayInstall.ShouldBeFalse();
            account.IsAdministrator.ShouldBeTrue();
            account.DisplayName.ShouldBe(answers[2].Status == HttpStatusCode.OK ? "Bob" : bob.Name);
        }
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var root = await server.SignInAsync("root", administrator: true);
        var password = new { password = WorkspaceServer.Password };

        (await root.SendAsync(HttpMethod.Post, "/api/account/delete", password)).ShouldBe(HttpStatusCode.Conflict);
        using var other = await server.SignInAsync("other", administrator: true);
        (await root.SendAsync(HttpMethod.Post, "/api/account/delete", password)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_happens_to_accounts_is_written_down()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Accounts = new AccountsOptions { OpenRegistration = true },
            }
        );
        using var root = await server.SignInAsync("root", administrator: true);
        using var ada = server.Anonymous();
        var registration = new
        {
            userName = "ada",
            email = "ada@example.org",
            password = "long enough for this",
        };
        (await ada.SendAsync(HttpMethod.Post, "/api/registration", registration)).ShouldBe(HttpStatusCode.NoContent);
        await ada.SignInAsync("ada", registration.password);
        var change = new { current = registration.password, @new = WorkspaceServer.Password };
        (await ada.SendAsync(HttpMethod.Put, "/api/account/password", change)).ShouldBe(HttpStatusCode.NoContent);
        await ada.ReadSessionAsync();
        (
            await ada.SendAsync(HttpMethod.Post, "/api/account/delete", new { password = WorkspaceServer.Password })
        ).ShouldBe(HttpStatusCode.NoContent);

        (await root.GetAsync("/api/admin/audit"))
            .EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString())
            .ShouldBe(["account.deleted", "account.password-changed", "account.registered"]);
    }

    [Fact]
    public async Task Where_people_are_is_told_to_administrators_alone()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var root = await server.SignInAsync("root", administrator: true);
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, bob, "viewer");

        var owners = await ada.GetAsync($"/api/projects/{project}/audit");
        var administrators = await root.GetAsync("/api/admin/audit");

        owners[0].GetProperty("action").GetString().ShouldBe("invitation.accepted");
        owners[0].GetProperty("accountId").GetString().ShouldBe(bob.Id);
        owners.EnumerateArray().ShouldAllBe(entry => entry.GetProperty("address").GetString() == null);
        administrators[0].GetProperty("address").GetString().ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_token_that_may_only_read_makes_nobody_a_member()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var project = await ada.CreateProjectAsync();
        var token = await ada.LinkAsync(project, "view");
        using var script = await bob.WithTokenAsync("read");

        (await script.SendAsync(HttpMethod.Post, "/api/links/open", new { token })).ShouldBe(HttpStatusCode.Forbidden);
        (await bob.GetAsync("/api/projects")).GetArrayLength().ShouldBe(0);
    }
}
