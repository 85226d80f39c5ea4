using System.Net;
using System.Web;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Accounts;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

public sealed class AccountTests
{
    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_administrator_makes_an_account_and_its_person_sets_the_password_once(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var root = await server.SignInAsync("root", administrator: true);
        var added = (
            await root.SendAsync(
                HttpMethod.Post,
                "/api/admin/accounts",
                new { userName = "ada", email = "ada@example.org" }
            )
        )
            .ShouldBe()
            .Json;
        var query = HttpUtility.ParseQueryString(new Uri(added.GetProperty("resetUrl").GetString()!).Query);
        var reset = new
        {
            account = query["account"],
            token = query["token"],
            password = "a long enough one",
        };
        using var ada = server.Anonymous();

        (await ada.SendAsync(HttpMethod.Post, "/api/password-reset", reset)).ShouldBe(HttpStatusCode.NoContent);
        (await ada.SendAsync(HttpMethod.Post, "/api/password-reset", reset)).ShouldBe(HttpStatusCode.BadRequest);
        await ada.SignInAsync("ada@example.org", "a long enough one");

        var project = await ada.CreateProjectAsync();
        (await ada.SendAsync(HttpMethod.Post, "/api/account/delete", new { password = "a long enough one" })).ShouldBe(
            HttpStatusCode.NoContent
        );
        (await server.WithContextAsync(context => context.Projects.CountAsync())).ShouldBe(0);
        (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_are_hashed_scoped_and_revocable()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        using var reader = await ada.WithTokenAsync("read");
        var secret = reader.Client.DefaultRequestHeaders.Authorization!.Parameter!;

        await reader.GetAsync($"/api/projects/{project}");
        (await reader.WriteAsync(project, "index.qmd", "no")).ShouldBe(HttpStatusCode.Forbidden);
        (await server.WithContextAsync(context => context.AccessTokens.Select(t => t.Hash).SingleAsync())).ShouldNotBe(
            secret
        );

        var id = (await ada.GetAsync("/api/account/tokens"))[0].GetProperty("id").GetString();
        (await ada.SendAsync(HttpMethod.Delete, $"/api/account/tokens/{id}")).ShouldBe(HttpStatusCode.NoContent);
        (await reader.SendAsync(HttpMethod.Get, $"/api/projects/{project}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        ada.Client.DefaultRequestHeaders.Remove("Verso-Antiforgery");

        (await ada.SendAsync(HttpMethod.Post, "/api/projects", new { name = "Forged" })).ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await ada.GetAsync("/api/projects")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Signing_in_is_limited_by_address_and_by_account()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { SignInsPerMinute = 8 },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var thief = server.Anonymous();
        var answers = new List<int>();
        for (var tried = 0; tried < 9; tried++)
            answers.Add(
                (int)
                    (
                        await thief.SendAsync(
                            HttpMethod.Post,
                            "/api/session",
                            new { userName = "ada", password = "guess" }
                        )
                    ).Status
            );

        answers[..4].ShouldAllBe(status => status == 401);
        answers[^1].ShouldBe(429);
    }

    [Fact]
    public async Task Who_registered_by_themselves_is_found_by_name_and_not_by_an_address_that_nobody_has_checked()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Accounts = new AccountsOptions { OpenRegistration = true },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var mallory = server.Anonymous();
        (
            await mallory.SendAsync(
                HttpMethod.Post,
                "/api/registration",
                new
                {
                    userName = "mallory",
                    email = "bob@example.org",
                    password = "long enough for this",
                }
            )
        ).ShouldBe(HttpStatusCode.NoContent);
        await mallory.SignInAsync("mallory", "long enough for this");
        var project = await ada.CreateProjectAsync();

        var sent = (
            await ada.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/invitations",
                new { addressee = "bob@example.org", role = "editor" }
            )
        )
            .ShouldBe()
            .Json;

        (await mallory.GetAsync("/api/invitations")).GetArrayLength().ShouldBe(0);
        var id = sent.GetProperty("invitation").GetProperty("id").GetString();
        (await mallory.SendAsync(HttpMethod.Post, $"/api/invitations/{id}/accept")).ShouldBe(HttpStatusCode.NotFound);
        // Whoever is given the secret uses it, once.
        using var bob = await server.SignInAsync("bob2");
        var secret = new { secret = new Uri(sent.GetProperty("url").GetString()!).Fragment[1..] };
        (await bob.SendAsync(HttpMethod.Post, "/api/invitations/accept", secret)).ShouldBe();
        (await mallory.SendAsync(HttpMethod.Post, "/api/invitations/accept", secret)).ShouldBe(HttpStatusCode.NotFound);
        (await bob.GetAsync($"/api/projects/{project}")).GetProperty("mayInstall").GetBoolean().ShouldBeTrue();
    }
}
