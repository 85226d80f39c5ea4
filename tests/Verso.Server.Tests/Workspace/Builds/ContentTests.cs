using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>Rendered documents are strangers' pages, wherever they come from.</summary>
[NeedsSandbox]
public sealed class ContentTests
{
    private const string Policy =
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals allow-forms";

    [Fact]
    public async Task It_is_served_without_a_cookie_in_an_origin_of_its_own()
    {
        var clock = new Clock();
        await using var server = await WorkspaceServer.StartAsync(
            settings => settings with { Builds = settings.Builds with { ContentLifetime = TimeSpan.FromDays(30) } },
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        using var ada = await server.SignInAsync("ada");
        var (_, build) = await CompileAsync(ada);
        var url = build.Url("index.html");
        using var nobody = server.Anonymous();
        clock.Advance(TimeSpan.FromDays(8)); // so that a cookie that is read is given anew

        foreach (var reader in new[] { nobody, ada })
        {
            var page = (await reader.SendAsync(HttpMethod.Get, url)).ShouldBe();

            page.Text.ShouldContain("Words of hers");
            page.Headers["Content-Security-Policy"].ShouldBe([Policy]);
            page.Headers["Access-Control-Allow-Origin"].ShouldBe(["*"]);
            page.Headers["Referrer-Policy"].ShouldBe(["no-referrer"]);
            page.Headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
            page.Headers["Content-Type"].ShouldBe(["text/html; charset=utf-8"]);
            page.Headers["Set-Cookie"].ShouldBeEmpty();
        }
        (await ada.SendAsync(HttpMethod.Get, "/api/projects"))
            .Headers["Set-Cookie"]
            .ShouldNotBeEmpty("that cookies are renewed elsewhere is what makes the above tell something");
    }

    [Fact]
    public async Task A_part_of_it_can_be_asked_for_and_what_is_known_is_not_sent_again()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var (_, build) = await CompileAsync(ada);
        var url = build.Url("index.html");
        var tag = (await ada.SendAsync(HttpMethod.Get, url)).Headers["ETag"].Single();

        var part = await ada.SendAsync(HttpMethod.Get, url, change: request => request.Headers.Range = new(0, 4));
        var known = await ada.SendAsync(
            HttpMethod.Get,
            url,
            change: request => request.Headers.TryAddWithoutValidation("If-None-Match", tag)
        );

        part.ShouldBe(HttpStatusCode.PartialContent).Body.Length.ShouldBe(5);
        known.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task An_address_ends_with_its_time()
    {
        var clock = new Clock();
        await using var server = await WorkspaceServer.StartAsync(configure: builder =>
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock))
        );
        using var ada = await server.SignInAsync("ada");
        var (_, build) = await CompileAsync(ada);

        clock.Advance(TimeSpan.FromHours(11));
        (await ada.SendAsync(HttpMethod.Get, build.Url("index.html"))).ShouldBe();
        clock.Advance(TimeSpan.FromHours(2));
        (await ada.SendAsync(HttpMethod.Get, build.Url("index.html"))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_is_one_viewers_and_ends_with_what_they_may()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (project, _) = await CompileAsync(ada);
        await ada.TakeInAsync(project, grace, "viewer");
        var hers = (await ada.GetAsync($"/api/projects/{project}/builds/latest")).Url("index.html");
        var graces = (await grace.GetAsync($"/api/projects/{project}/builds/latest")).Url("index.html");
        graces.ShouldNotBe(hers);
        (await grace.SendAsync(HttpMethod.Get, graces)).ShouldBe();

        await ada.RemoveAsync(project, grace);

        (await grace.SendAsync(HttpMethod.Get, graces)).ShouldBe(HttpStatusCode.NotFound);
        (await ada.SendAsync(HttpMethod.Get, hers)).ShouldBe();
        foreach (var made in new[] { hers.Replace("/content/", "/content/x"), "/content/abc/index.html" })
            (await ada.SendAsync(HttpMethod.Get, made)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Readers_see_the_last_that_came_out_well_and_looking_compiles_nothing()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Sharing = settings.Sharing with { AnonymousRead = true },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var (project, first) = await CompileAsync(ada);
        (await ada.WriteAsync(project, "index.qmd", "```{python}\n1/0\n```\n")).ShouldBe();
        var second = await ada.CompileAsync(project);
        second.Status().ShouldBe("failure");
        var link = await ada.LinkAsync(project, "view");
        using var reader = server.Anonymous(link);

        await reader.OpenLinkAsync(link);
        var seen = await reader.GetAsync($"/api/projects/{project}/builds/latest");
        var own = await ada.GetAsync($"/api/projects/{project}/builds/latest");

        seen.GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        (await reader.SendAsync(HttpMethod.Get, seen.Url("index.html"))).ShouldBe().Text.ShouldContain("Words of hers");
        own.GetProperty("id").GetString().ShouldBe(second.GetProperty("id").GetString());
        Directory.Exists(server.Combine("compiles", "v1", "projects", project)).ShouldBeFalse("nobody compiled for it");
    }

    [Fact]
    public async Task Old_builds_go_and_the_last_that_came_out_well_stays()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var (project, first) = await CompileAsync(ada);
        (await ada.WriteAsync(project, "index.qmd", "```{python}\n1/0\n```\n")).ShouldBe();

        var failed = new List<string>();
        for (var i = 0; i < 4; i++)
            failed.Add((await ada.CompileAsync(project)).GetProperty("id").GetString()!);

        (await ada.SendAsync(HttpMethod.Get, first.Url("index.html"))).ShouldBe();
        (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/builds/{failed[0]}/log")).ShouldBe(
            HttpStatusCode.NotFound
        );
        (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/builds/{failed[3]}/log"))
            .ShouldBe()
            .Text.ShouldContain("ZeroDivisionError");
    }

    private static async Task<(string Project, System.Text.Json.JsonElement Build)> CompileAsync(Person person)
    {
        var project = await person.CreateProjectAsync();
        (await person.WriteAsync(project, "index.qmd", "Words of hers\n")).ShouldBe();
        var build = await person.CompileAsync(project);
        build.Status().ShouldBe("success");
        return (project, build);
    }
}
