using System.Net;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Settings;

namespace Verso.Server.Tests.Workspace.Builds;

public sealed class LimitTests
{
    private static readonly Caller Ada = new("ada", TokenScopes.All, null, "192.0.2.1");

    [Fact]
    public void One_a_second_by_person_and_project()
    {
        var clock = new Clock();
        var limits = new StartLimits(new BuildsOptions(), clock);

        limits.TryStart(Ada, "alpha").ShouldBeNull();
        limits.TryStart(Ada, "alpha")!.Value.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        limits.TryStart(Ada, "beta").ShouldBeNull();
        limits.TryStart(Ada with { AccountId = "grace" }, "alpha").ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        limits.TryStart(Ada, "alpha").ShouldBeNull();
    }

    [Fact]
    public void Two_hundred_in_ten_minutes()
    {
        var clock = new Clock();
        var limits = new StartLimits(new BuildsOptions(), clock);
        for (var i = 0; i < 200; i++)
        {
            limits.TryStart(Ada, "alpha").ShouldBeNull();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        limits.TryStart(Ada, "alpha")!.Value.ShouldBeInRange(TimeSpan.FromSeconds(390), TimeSpan.FromSeconds(400));
        clock.Advance(TimeSpan.FromSeconds(400));
        limits.TryStart(Ada, "alpha").ShouldBeNull();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    public void The_anonymous_count_by_address_whatever_the_project(string first, string second, bool passes)
    {
        var limits = new StartLimits(new BuildsOptions(), new Clock());
        var anonymous = new Caller(null, TokenScopes.All, "link", first);
        limits.TryStart(anonymous, "alpha").ShouldBeNull();

        (limits.TryStart(anonymous with { Address = second, LinkToken = "other" }, "beta") is null).ShouldBe(passes);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.TooManyRequests)]
    [InlineData(true, HttpStatusCode.Forbidden)]
    public async Task Where_a_request_comes_from_is_believed_of_configured_proxies_alone(
        bool trusted,
        HttpStatusCode expected
    )
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { TrustedProxies = trusted ? ["127.0.0.1"] : [] },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        using var reader = server.Anonymous(await ada.LinkAsync(project, "view"));

        // What needs no sandbox: the gate refuses it, after it has been counted.
        (await BuildAsync(reader, project, "198.51.100.1")).ShouldBe(HttpStatusCode.Forbidden);
        (await BuildAsync(reader, project, "198.51.100.2")).ShouldBe(expected);
    }

    [Fact]
    public async Task Who_comes_too_often_is_told_when_to_come_again()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        await BuildAsync(ada, project, "");

        var answer = await BuildAsync(ada, project, "");

        answer.ShouldBe(HttpStatusCode.TooManyRequests).Problem.ShouldBe("That was too often; try again in 600 s.");
        answer.Headers["Retry-After"].ShouldBe(["600"]);
    }

    private static Task<WorkspaceServer> StartAsync(Func<ServerSettings, ServerSettings>? change = null) =>
        WorkspaceServer.StartAsync(settings =>
        {
            settings = settings with
            {
                Builds = new BuildsOptions { PerSecond = 1, PerTenMinutes = 1 },
                Sharing = settings.Sharing with { AnonymousRead = true },
            };
            return change?.Invoke(settings) ?? settings;
        });

    private static Task<Answer> BuildAsync(Person person, string project, string forwardedFor) =>
        person.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/python/environment/build",
            change: request => request.Headers.Add("X-Forwarded-For", forwardedFor)
        );
}
