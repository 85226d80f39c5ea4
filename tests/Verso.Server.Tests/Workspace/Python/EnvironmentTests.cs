using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Verso.Server.Tests.Workspace.Python;

[NeedsSandbox]
public sealed class EnvironmentTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _wheels = new();
    private TestIndex _index = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0") { Requires = ["words"] }.WriteTo(_wheels.Path);
        new TestWheel("words", "3.0").WriteTo(_wheels.Path);
        _index = await TestIndex.StartAsync(_wheels.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _wheels.Dispose();
    }

    [Fact]
    public async Task It_is_built_when_somebody_asks_and_told_what_is_in_it()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        State(await LookAsync(ada, project)).ShouldBe("none");
        await RequireAsync(ada, project, "greeting\n");
        State(await LookAsync(ada, project)).ShouldBe("missing");
        _index.Requests.ShouldBeEmpty("looking asks nobody");

        var built = (await DoAsync(ada, project, "build")).ShouldBe().Json;

        State(built).ShouldBe("ready");
        Packages(built).ShouldBe(["greeting 1.0", "words 3.0"]);
        built.GetProperty("packages")[1].GetProperty("requested").GetBoolean().ShouldBeFalse();
        built.GetProperty("size").GetInt64().ShouldBePositive();
        built.GetProperty("key").GetString()!.Length.ShouldBe(64);
        foreach (var time in new[] { "resolvedAt", "builtAt", "lastUsedAt" })
            built
                .GetProperty(time)
                .GetDateTimeOffset()
                .ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddSeconds(5), time);
        built.GetProperty("mayInstall").GetBoolean().ShouldBeTrue();
        State(await LookAsync(ada, project)).ShouldBe("ready");
        (
            await server.WithContextAsync(context => context.Audit.CountAsync(e => e.Action == "python.installed"))
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_not_install_is_told_why()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        using var linus = await server.SignInAsync("linus", trusted: false);
        var project = await ada.CreateProjectAsync();
        await RequireAsync(ada, project, "greeting\n");
        await grace.OpenLinkAsync(await ada.LinkAsync(project, "edit"));
        await ada.TakeInAsync(project, linus, "editor");

        foreach (var (person, reason) in new[] { (grace, "through a link"), (linus, "An administrator has to allow") })
        {
            var seen = await LookAsync(person, project);
            State(seen).ShouldBe("not-allowed");
            seen.GetProperty("installReason").GetString()!.ShouldContain(reason);
            foreach (var work in new[] { "build", "retry", "refresh" })
                (await DoAsync(person, project, work)).ShouldBe(HttpStatusCode.Forbidden).Problem.ShouldContain(reason);
        }
        _index.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Versions_stay_until_somebody_refreshes_and_then_of_that_project_alone()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var projects = new[] { await ada.CreateProjectAsync("One"), await ada.CreateProjectAsync("Two") };
        foreach (var project in projects)
        {
            await RequireAsync(ada, project, "greeting\n");
            (await ada.WriteAsync(project, "index.qmd", Version)).ShouldBe();
            (await ReadCompiledAsync(ada, project)).ShouldContain("version 1.0");
        }
        new TestWheel("greeting", "2.0").WriteTo(_wheels.Path);
        (await ReadCompiledAsync(ada, projects[0])).ShouldContain("version 1.0");

        var refreshed = (await DoAsync(ada, projects[0], "refresh")).ShouldBe().Json;

        Packages(refreshed).ShouldBe(["greeting 2.0"]);
        (await ReadCompiledAsync(ada, projects[0])).ShouldContain("version 2.0");
        (await ReadCompiledAsync(ada, projects[1])).ShouldContain("version 1.0");
        Packages(await LookAsync(ada, projects[1])).ShouldBe(["greeting 1.0", "words 3.0"]);
    }

    [Fact]
    public async Task A_build_that_failed_is_told_and_tried_again_when_somebody_asks()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        await RequireAsync(ada, project, "absent\n");

        var failed = (await DoAsync(ada, project, "build")).ShouldBe().Json;
        State(failed).ShouldBe("failed");
        failed.GetProperty("reason").GetString()!.ShouldContain("absent");
        failed.GetProperty("log").GetString().ShouldNotBeNullOrEmpty();

        new TestWheel("absent", "1.0").WriteTo(_wheels.Path);
        State((await DoAsync(ada, project, "build")).ShouldBe().Json).ShouldBe("failed");
        State((await DoAsync(ada, project, "retry")).ShouldBe().Json).ShouldBe("ready");
    }

    [Fact]
    public async Task The_requirements_can_be_had_with_exact_versions()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        await RequireAsync(ada, project, "# says hello\ngreeting  # for the talk\n");
        var path = $"/api/projects/{project}/python/requirements/pinned";
        (await ada.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Conflict);
        (await DoAsync(ada, project, "build")).ShouldBe();

        (await ada.GetAsync(path))
            .GetProperty("text")
            .GetString()
            .ShouldBe("# says hello\ngreeting==1.0  # for the talk\n\n# needed by the packages above\nwords==3.0\n");

        await RequireAsync(ada, project, "words\n");
        (await ada.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_advice_is_acted_on_with_one_request()
    {
        await using var server = await StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        new TestWheel("plotnine", "1.0").WriteTo(_wheels.Path);
        (await ada.WriteAsync(project, "index.qmd", "```{python}\nimport plotnine\nprint('there')\n```\n")).ShouldBe();
        var advice = (await ada.CompileAsync(project))
            .GetProperty("entries")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("advice"))
            .First(advice => advice.ValueKind == JsonValueKind.Object);
        advice.GetProperty("kind").GetString().ShouldBe("add-package");
        var line = advice.GetProperty("requirementLine").GetString();

        await ada.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/python/requirements/add",
            new { requirement = line }
        );

        (await ReadCompiledAsync(ada, project)).ShouldContain("there");
    }

    private const string Version = "```{python}\nimport greeting\nprint('version', greeting.__version__)\n```\n";

    private Task<WorkspaceServer> StartAsync() =>
        WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = _index.Url.ToString() },
            }
        );

    private static async Task RequireAsync(Person person, string project, string text)
    {
        var onto = (await LookAsync(person, project)).GetProperty("hash").GetString();
        (
            await person.SendAsync(HttpMethod.Put, $"/api/projects/{project}/python/requirements", new { text, onto })
        ).ShouldBe();
    }

    private static Task<JsonElement> LookAsync(Person person, string project) =>
        person.GetAsync($"/api/projects/{project}/python/environment");

    private static Task<Answer> DoAsync(Person person, string project, string work) =>
        person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/python/environment/{work}");

    private static async Task<string> ReadCompiledAsync(Person person, string project)
    {
        var build = await person.CompileAsync(project);
        build.Status().ShouldBe("success", build.ToString());
        return (await person.SendAsync(HttpMethod.Get, build.Url("index.html"))).ShouldBe().Text;
    }

    private static string? State(JsonElement packages) => packages.GetProperty("state").GetString();

    private static IEnumerable<string> Packages(JsonElement packages) =>
        packages
            .GetProperty("packages")
            .EnumerateArray()
            .Select(package =>
                $"{package.GetProperty("name").GetString()} {package.GetProperty("version").GetString()}"
            );
}
