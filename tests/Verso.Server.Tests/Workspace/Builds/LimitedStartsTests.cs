using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Builds;
using Verso.Server.Compiling;
using Verso.Server.Settings;
using Verso.Server.Tests.Workspace.Access;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>How often things may be started, as somebody meets it who asks the server.</summary>
public sealed class LimitedStartsTests
{
    private static readonly string[] Starts = ["compile", "export", "publish", "python/environment/build"];

    private readonly Clock _clock = new();

    [Fact]
    public async Task Compiles_exports_publishes_and_installs_count_together_one_a_second()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (project, other) = (await ada.CreateProjectAsync(), await ada.CreateProjectAsync());
        await ada.TakeInAsync(project, grace, "editor");
        foreach (var first in Starts)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await StartAsync(ada, project, first)).Status.ShouldNotBe(HttpStatusCode.TooManyRequests, first);
            foreach (var second in Starts)
            {
                var refused = (await StartAsync(ada, project, second)).ShouldBe(HttpStatusCode.TooManyRequests);
                refused.Headers["Retry-After"].ShouldBe(["1"]);
            }
        }

        (await StartAsync(ada, other, "compile")).ShouldBe();
        (await StartAsync(grace, project, "compile")).ShouldBe();
    }

    [Fact]
    public async Task Two_hundred_in_ten_minutes_by_person_and_project()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada", trusted: false);
        var (project, other) = (await ada.CreateProjectAsync(), await ada.CreateProjectAsync());
        for (var i = 0; i < 200; i++)
        {
            // It is counted, and then refused by the gate, which takes the least time.
            (await StartAsync(ada, project, "python/environment/build")).ShouldBe(HttpStatusCode.Forbidden);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var refused = (await StartAsync(ada, project, "compile")).ShouldBe(HttpStatusCode.TooManyRequests);
        int.Parse(refused.Headers["Retry-After"].Single()).ShouldBeInRange(300, 400);
        (await StartAsync(ada, other, "compile")).ShouldBe();
        _clock.Advance(TimeSpan.FromSeconds(400));
        (await StartAsync(ada, project, "compile")).ShouldBe();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_not_signed_in_counts_by_the_address_that_a_trusted_proxy_says(bool trusted)
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { TrustedProxies = trusted ? ["127.0.0.0/8"] : ["192.0.2.0/24"] },
                Sharing = settings.Sharing with { AnonymousRead = true },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var (project, other) = (await ada.CreateProjectAsync(), await ada.CreateProjectAsync());
        using var reader = server.Anonymous(await ada.LinkAsync(project, "view"));
        using var another = server.Anonymous(await ada.LinkAsync(other, "view"));
        (string First, string Second, bool Passes)[] cases =
        [
            ("192.0.2.1", "192.0.2.2", true),
            ("192.0.2.1", "192.0.2.1", false),
            ("203.0.113.5, 192.0.2.1", "203.0.113.6, 192.0.2.1", false), // what the proxy adds, not what it was given
            ("2001:db8::1", "2001:db8::2", false),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", true),
        ];
        foreach (var (first, second, passes) in cases)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await StartAsync(reader, project, "compile", first)).ShouldBe();
            (await StartAsync(another, other, "compile", second)).Status.ShouldBe(
                trusted && passes ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests,
                $"{first}, then {second}"
            );
            // People with an account count by that.
            (await StartAsync(ada, project, "compile", first)).ShouldBe();
        }
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    [InlineData(false, HttpStatusCode.TooManyRequests)]
    public async Task Tries_to_sign_in_count_by_the_same_address(bool trusted, HttpStatusCode second)
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { TrustedProxies = trusted ? ["127.0.0.1"] : [], SignInsPerMinute = 1 },
            }
        );
        using var thief = server.Anonymous();

        (await TryAsync("192.0.2.1")).ShouldBe(HttpStatusCode.Unauthorized);
        (await TryAsync("192.0.2.2")).ShouldBe(second);
        (await TryAsync("192.0.2.1")).ShouldBe(HttpStatusCode.TooManyRequests);

        Task<Answer> TryAsync(string from) =>
            thief.SendAsync(
                HttpMethod.Post,
                "/api/session",
                new { userName = "ada", password = "guess" },
                request => request.Headers.Add("X-Forwarded-For", from)
            );
    }

    private Task<WorkspaceServer> StartAsync(Func<ServerSettings, ServerSettings>? change = null) =>
        WorkspaceServer.StartAsync(
            settings =>
            {
                settings = settings with { Builds = new BuildsOptions() };
                return change?.Invoke(settings) ?? settings;
            },
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_clock);
                builder.Services.AddSingleton<ICompileService, StandInCompiles>();
            }
        );

    private static Task<Answer> StartAsync(Person person, string project, string what, string? from = null) =>
        person.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/{what}",
            what == "export" ? new { format = "presentation" } : null,
            request =>
            {
                if (from is not null)
                    request.Headers.Add("X-Forwarded-For", from);
            }
        );
}
