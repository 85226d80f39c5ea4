using System.Net;
using System.Text.Json;
using Verso.Environments;

namespace Verso.Server.Tests.Workspace.Python;

/// <summary>Text that a link editor wrote, in the render of somebody who may install: it does not run beside private packages.</summary>
[NeedsSandbox]
public sealed class UntrustedTextTests : IAsyncLifetime
{
    private const string Reads =
        "```{python}\nimport secrets_of_ours\nprint('read', secrets_of_ours.__version__)\n```\n";

    private readonly TemporaryDirectory _wheels = new();
    private TestIndex _canary = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("secrets-of-ours", "1.0").WriteTo(_wheels.Path);
        _canary = await TestIndex.StartAsync(_wheels.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _canary.DisposeAsync();
        _wheels.Dispose();
    }

    [Fact]
    public async Task It_runs_without_packages_until_somebody_who_may_install_accepts_it()
    {
        await using var server = await StartAsync("wheelhouse");
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ProjectAsync(ada, grace);
        (await grace.WriteAsync(project, "index.qmd", Reads)).ShouldBe();

        var refused = await ada.CompileAsync(project);

        Reason(refused).ShouldBe("untrusted-text");
        var warning = refused
            .GetProperty("entries")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("level").GetString() == "warning");
        warning
            .GetProperty("message")
            .GetString()!
            .ShouldStartWith("'index.qmd' was last changed by people who may not");
        warning.GetProperty("message").GetString()!.ShouldContain("can read and accept the changes");
        Directory
            .EnumerateFileSystemEntries(server.Combine("store", "v1", "environments"))
            .ShouldBeEmpty("nothing was installed for it");
        var seen = await LookAsync(ada, project);
        seen.GetProperty("state").GetString().ShouldBe("not-allowed");
        seen.GetProperty("reason").GetString()!.ShouldContain("accept");
        Unaccepted(seen).ShouldBe(["index.qmd"]);
        (await AcceptAsync(grace, project)).ShouldBe(HttpStatusCode.Forbidden);

        Unaccepted((await AcceptAsync(ada, project)).ShouldBe().Json).ShouldBeEmpty();

        (await ReadCompiledAsync(ada, project)).ShouldContain("read 1.0");
        (await ada.GetAsync($"/api/projects/{project}/versions"))[0]
            .GetProperty("summary")
            .GetString()!
            .ShouldStartWith("Accepted");
    }

    [Fact]
    public async Task Each_file_counts_and_changing_it_accepts_it_too()
    {
        await using var server = await StartAsync("wheelhouse");
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ProjectAsync(ada, grace);
        (await grace.WriteAsync(project, "index.qmd", Reads)).ShouldBe();
        (await grace.WriteAsync(project, "helper.py", "x = 1\n", ifMatch: null)).ShouldBe();

        (await ada.WriteAsync(project, "index.qmd", Reads + "\nRead and found good.\n")).ShouldBe();

        Reason(await ada.CompileAsync(project)).ShouldBe("untrusted-text");
        Unaccepted(await LookAsync(ada, project)).ShouldBe(["helper.py"]);
        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/files/helper.py", change: Always)).ShouldBe();
        (await ReadCompiledAsync(ada, project)).ShouldContain("read 1.0");
    }

    [Fact]
    public async Task What_was_changed_after_it_was_read_is_not_accepted()
    {
        await using var server = await StartAsync("wheelhouse");
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ProjectAsync(ada, grace);
        (await grace.WriteAsync(project, "index.qmd", "Nothing bad.\n")).ShouldBe();
        var read = await VersionAsync(ada, project);
        (await grace.WriteAsync(project, "index.qmd", Reads)).ShouldBe();

        (await AcceptAsync(ada, project, read)).ShouldBe(HttpStatusCode.PreconditionFailed);

        Reason(await ada.CompileAsync(project)).ShouldBe("untrusted-text");
    }

    [Theory]
    [InlineData("wheelhouse", true)]
    [InlineData("credentials", true)]
    [InlineData("everybody's index", false)]
    [InlineData("everybody's index, set", true)]
    [InlineData("wheelhouse, unset", false)]
    public async Task The_operator_says_where_it_holds_and_private_packages_say_it_otherwise(string which, bool holds)
    {
        await using var server = await StartAsync(which);
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ProjectAsync(ada, grace);
        (await grace.WriteAsync(project, "index.qmd", Reads)).ShouldBe();

        var build = await ada.CompileAsync(project);

        Reason(build).ShouldBe(holds ? "untrusted-text" : null);
        build.Status().ShouldBe(holds ? "failure" : "success");
        _canary.Requests.IsEmpty.ShouldBe(holds || which.StartsWith("wheelhouse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Not_even_what_others_had_built_is_given_to_it()
    {
        await using var server = await StartAsync("wheelhouse", serveCached: true);
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var project = await ProjectAsync(ada, grace);
        (await ReadCompiledAsync(ada, project)).ShouldContain("Words");
        (await ada.WriteAsync(project, "index.qmd", Reads)).ShouldBe();
        (await ReadCompiledAsync(ada, project)).ShouldContain("read 1.0");
        (await ReadCompiledAsync(grace, project)).ShouldContain("read 1.0");

        (await grace.WriteAsync(project, "index.qmd", Reads + "\nMine.\n")).ShouldBe();

        foreach (var person in new[] { grace, ada })
            Reason(await person.CompileAsync(project)).ShouldBe("untrusted-text");
    }

    private Task<WorkspaceServer> StartAsync(string which, bool serveCached = false)
    {
        var upstream = _canary.Url.ToString();
        return WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = which.Split(',')[0] switch
                {
                    "wheelhouse" => settings.PackageIndex with { Upstream = upstream, Wheelhouses = [_wheels.Path] },
                    "credentials" => settings.PackageIndex with
                    {
                        Upstream = upstream.Replace("://", "://us:secret@", StringComparison.Ordinal),
                    },
                    _ => settings.PackageIndex with { Upstream = upstream },
                },
                Environments = settings.Environments with
                {
                    ServeCachedToUngated = serveCached,
                    UntrustedTextUsesBase =
                        which.EndsWith(", set", StringComparison.Ordinal) ? true
                        : which.EndsWith(", unset", StringComparison.Ordinal) ? false
                        : null,
                },
            }
        );
    }

    private static async Task<string> ProjectAsync(Person owner, Person linked)
    {
        var project = await owner.CreateProjectAsync();
        (await owner.WriteAsync(project, "index.qmd", "# Words\n\n```{python}\n1\n```\n")).ShouldBe();
        (await owner.WriteAsync(project, "requirements.vrf", "secrets-of-ours\n", ifMatch: null)).ShouldBe();
        await linked.OpenLinkAsync(await owner.LinkAsync(project, "edit"));
        return project;
    }

    private static void Always(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation("If-Match", "*");

    private static async Task<int> VersionAsync(Person person, string project) =>
        (await person.GetAsync($"/api/projects/{project}")).GetProperty("version").GetInt32();

    private static async Task<Answer> AcceptAsync(Person person, string project, int? version = null) =>
        await person.SendAsync(
            HttpMethod.Post,
            $"/api/projects/{project}/python/environment/accept",
            new { version = version ?? await VersionAsync(person, project) }
        );

    private static Task<JsonElement> LookAsync(Person person, string project) =>
        person.GetAsync($"/api/projects/{project}/python/environment");

    private static async Task<string> ReadCompiledAsync(Person person, string project)
    {
        var build = await person.CompileAsync(project);
        build.Status().ShouldBe("success", build.ToString());
        return (await person.SendAsync(HttpMethod.Get, build.Url("index.html"))).ShouldBe().Text;
    }

    private static string? Reason(JsonElement build) =>
        build.GetProperty("environment").GetProperty("reason").GetString();

    private static IEnumerable<string?> Unaccepted(JsonElement packages) =>
        packages.GetProperty("unaccepted").EnumerateArray().Select(path => path.GetString());
}
