using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Verso.Server.Builds.Sources;
using Verso.Server.Hosting;
using Verso.Server.Settings;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>A workspace that has its projects compiled by a service elsewhere, which reaches it by HTTP alone.</summary>
[NeedsSandbox]
public sealed class ElsewhereTests : IAsyncLifetime
{
    private const string Key = "a-key-that-both-have";
    private const string Imports =
        "```{python}\nimport greeting\nprint('version', greeting.__version__, open('data/é 1.txt').read())\n```\n";

    private readonly TemporaryDirectory _wheels = new();
    private readonly Clock _clock = new();
    private TestIndex _canary = null!;
    private TestServer _service = null!;
    private WorkspaceServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0").WriteTo(_wheels.Path);
        _canary = await TestIndex.StartAsync(_wheels.Path);
        // Each has to know the other's address before it starts.
        var address = $"http://127.0.0.1:{FreePort()}";
        _service = await TestServer.StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with { Key = Key, ResourceOrigins = [address] },
                PackageIndex = settings.PackageIndex with { Upstream = _canary.Url.ToString() },
            }
        );
        _web = await StartWebAsync(address, Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _service.DisposeAsync();
        await _canary.DisposeAsync();
        _wheels.Dispose();
    }

    [Fact]
    public async Task A_project_with_packages_is_compiled_there_and_kept_here()
    {
        using var ada = await _web.SignInAsync("ada");
        using var grace = await _web.SignInAsync("grace");
        var project = await ProjectAsync(ada);
        await grace.OpenLinkAsync(await ada.LinkAsync(project, "edit"));

        var graces = await grace.CompileAsync(project);
        graces.GetProperty("environment").GetProperty("reason").GetString().ShouldBe("not-allowed");
        _canary.Requests.ShouldBeEmpty();
        var hers = await ada.CompileAsync(project);
        hers.GetProperty("environment").GetProperty("state").GetString().ShouldBe("built");
        var published = await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish");

        await _service.StopAsync();

        (await ada.SendAsync(HttpMethod.Get, hers.Url("index.html")))
            .ShouldBe()
            .Text.ShouldContain("version 1.0 words");
        var page = new Uri(published.ShouldBe().Json.GetProperty("url").GetString()!).AbsolutePath;
        (await ada.SendAsync(HttpMethod.Get, page)).ShouldBe().Text.ShouldContain("version 1.0 words");
    }

    [Fact]
    public async Task Its_environment_is_seen_built_and_refreshed_there()
    {
        using var ada = await _web.SignInAsync("ada");
        var project = await ProjectAsync(ada);
        State(await LookAsync(ada, project)).ShouldBe("missing");
        _canary.Requests.ShouldBeEmpty();

        Packages((await DoAsync(ada, project, "build")).ShouldBe().Json).ShouldBe(["greeting 1.0"]);
        (await ada.CompileAsync(project))
            .GetProperty("environment")
            .GetProperty("state")
            .GetString()
            .ShouldBe("reused");
        new TestWheel("greeting", "2.0").WriteTo(_wheels.Path);
        Packages((await DoAsync(ada, project, "retry")).ShouldBe().Json).ShouldBe(["greeting 1.0"]);
        Packages((await DoAsync(ada, project, "refresh")).ShouldBe().Json).ShouldBe(["greeting 2.0"]);
        (await ada.GetAsync($"/api/projects/{project}/python/requirements/pinned"))
            .GetProperty("text")
            .GetString()
            .ShouldBe("greeting==2.0\n");

        var build = await ada.CompileAsync(project);
        (await ada.SendAsync(HttpMethod.Get, build.Url("index.html"))).ShouldBe().Text.ShouldContain("version 2.0");
    }

    [Fact]
    public async Task Of_a_service_that_is_gone_nothing_is_made_up()
    {
        using var ada = await _web.SignInAsync("ada");
        var project = await ProjectAsync(ada);
        await _service.StopAsync();

        var seen = await LookAsync(ada, project);

        State(seen).ShouldBe("failed");
        seen.GetProperty("reason").GetString()!.ShouldStartWith("No compile service answers");
        (await DoAsync(ada, project, "refresh"))
            .ShouldBe(HttpStatusCode.UnprocessableEntity)
            .Problem.ShouldStartWith("No compile service answers");
        (await ada.CompileAsync(project)).Status().ShouldBe("unavailable");
    }

    [Fact]
    public async Task A_service_that_does_not_stop_a_compile_is_told_of()
    {
        await using var web = await StartWebAsync($"http://127.0.0.1:{FreePort()}", "another-key-altogether");
        using var ada = await web.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();

        foreach (var work in new[] { "stop", "clear" })
            (await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/{work}"))
                .ShouldBe(HttpStatusCode.BadGateway)
                .Problem.ShouldContain("answered 401 Unauthorized");
    }

    [Fact]
    public async Task Files_are_for_those_who_have_an_address_of_that_project_while_it_lasts()
    {
        using var ada = await _web.SignInAsync("ada");
        var (project, other) = (await ProjectAsync(ada), await ada.CreateProjectAsync("Other"));
        var hash = (await ada.GetAsync($"/api/projects/{project}/files"))
            .EnumerateArray()
            .Single(file => file.GetProperty("path").GetString() == "index.qmd")
            .GetProperty("eTag")
            .GetString();
        var addresses = _web.Services.GetRequiredService<SourceAddress>();
        var (mine, others) = (addresses.Of(project), addresses.Of(other));
        using var nobody = _web.Anonymous();

        (await nobody.SendAsync(HttpMethod.Get, mine + hash)).ShouldBe().Text.ShouldBe(Imports);
        foreach (
            var wrong in new[]
            {
                others + hash,
                mine + new string('0', 64),
                $"{_web.Address}internal/files/guessed/{hash}",
                mine!.Replace("/files/", "/files/x", StringComparison.Ordinal) + hash,
            }
        )
        foreach (var person in new[] { nobody, ada })
            (await person.SendAsync(HttpMethod.Get, wrong)).ShouldBe(HttpStatusCode.NotFound);
        _clock.Advance(TimeSpan.FromHours(2));
        (await nobody.SendAsync(HttpMethod.Get, mine + hash)).ShouldBe(HttpStatusCode.NotFound);
    }

    // That packages are off in its own settings says nothing of where projects are compiled.
    private Task<WorkspaceServer> StartWebAsync(string address, string key) =>
        WorkspaceServer.StartAsync(
            settings =>
                settings with
                {
                    Web = settings.Web with { Listen = address, InternalUrl = address },
                    Compile = settings.Compile with
                    {
                        Key = key,
                        Endpoints = [_service.Client.BaseAddress!.ToString()],
                    },
                    Environments = settings.Environments with { Enabled = false },
                },
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)),
            ServerRole.Web
        );

    private static async Task<string> ProjectAsync(Person person)
    {
        var project = await person.CreateProjectAsync();
        (await person.WriteAsync(project, "index.qmd", Imports)).ShouldBe();
        (await person.WriteAsync(project, "data/é 1.txt", "words", ifMatch: null)).ShouldBe();
        (await person.WriteAsync(project, "requirements.vrf", "greeting\n", ifMatch: null)).ShouldBe();
        return project;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<JsonElement> LookAsync(Person person, string project) =>
        person.GetAsync($"/api/projects/{project}/python/environment");

    private static Task<Answer> DoAsync(Person person, string project, string work) =>
        person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/python/environment/{work}");

    private static string? State(JsonElement packages) => packages.GetProperty("state").GetString();

    private static IEnumerable<string> Packages(JsonElement packages) =>
        packages
            .GetProperty("packages")
            .EnumerateArray()
            .Select(package =>
                $"{package.GetProperty("name").GetString()} {package.GetProperty("version").GetString()}"
            );
}
