using System.Net;
using Verso.Server.Accounts;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>Where people may register themselves, somebody pretends to be somebody else.</summary>
public sealed class NamesAndAddressesTests
{
    private const string Password = "long enough for this";

    [Fact]
    public async Task Nobody_takes_somebody_elses_address_for_a_name()
    {
        await using var server = await StartAsync();
        using var mallory = server.Anonymous();

        (await RegisterAsync(mallory, "bob@example.org", "mallory@example.org")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_invitation_to_an_address_is_not_given_to_whoever_is_called_like_it()
    {
        await using var server = await StartAsync();
        // An account of the time when such names could be had.
        await server.WithContextAsync(async context =>
        {
            var mallory = new Account
            {
                UserName = "bob@example.org",
                NormalizedUserName = "BOB@EXAMPLE.ORG",
                Email = "mallory@example.org",
                NormalizedEmail = "MALLORY@EXAMPLE.ORG",
            };
            context.Add(mallory);
            return await context.SaveChangesAsync();
        });
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();

        var sent = await ada.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/invitations",
            new { addressee = "bob@example.org", role = "editor" }
        );

        // Bob is given a link.
        sent.ShouldBe().Json.GetProperty("url").GetString().ShouldNotBeNull();
        // And signs in by his address, once he has an account.
        using var bob = await server.SignInAsync("bob");
        using var again = server.Anonymous();
        await again.SignInAsync("bob@example.org", WorkspaceServer.Password);
        again.Id.ShouldBe(bob.Id);
    }

    [Fact]
    public async Task Which_names_there_are_is_not_told_by_how_wrong_passwords_are_answered()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var thief = server.Anonymous();

        var known = await GuessAsync(thief, "ada");
        var unknown = await GuessAsync(thief, "nobody");

        known.ShouldBe(unknown);
        known.ShouldAllBe(answer => answer.Item1 == HttpStatusCode.Unauthorized);
        // It was locked, though.
        (
            await thief.SendAsync(
                HttpMethod.Post,
                "/api/session",
                new { userName = "ada", password = WorkspaceServer.Password }
            )
        ).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_stolen_session_guesses_the_password_no_faster_than_others_do()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { SignInsPerMinute = 3 },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var answers = new List<HttpStatusCode>();

        for (var tried = 0; tried < 4; tried++)
            answers.Add(
                (
                    await ada.SendAsync(
                        HttpMethod.Put,
                        "/api/account/password",
                        new { current = $"guess {tried}", @new = "another long one" }
                    )
                ).Status
            );

        answers[0].ShouldBe(HttpStatusCode.BadRequest);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_long_address_is_refused_in_words()
    {
        await using var server = await StartAsync();
        using var mallory = server.Anonymous();

        (await RegisterAsync(mallory, "mallory", new string('m', 300) + "@example.org")).ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await RegisterAsync(mallory, new string('m', 300), "mallory@example.org")).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<List<(HttpStatusCode, string)>> GuessAsync(Person thief, string name)
    {
        var answers = new List<(HttpStatusCode, string)>();
        for (var tried = 0; tried < 7; tried++)
        {
            var answer = await thief.SendAsync(
                HttpMethod.Post,
                "/api/session",
                new { userName = name, password = $"guess {tried}" }
            );
            answers.Add((answer.Status, answer.Problem));
        }
        return answers;
    }

    private static Task<Answer> RegisterAsync(Person person, string userName, string email) =>
        person.SendAsync(
            HttpMethod.Post,
            "/api/registration",
            new
            {
                userName,
                email,
                password = Password,
            }
        );

    private static Task<WorkspaceServer> StartAsync() =>
        WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Accounts = new AccountsOptions { OpenRegistration = true },
            }
        );
}
