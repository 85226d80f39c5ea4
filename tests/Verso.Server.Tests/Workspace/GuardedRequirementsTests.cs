using System.IO.Compression;
using System.Net;

namespace Verso.Server.Tests.Workspace;

/// <summary>Somebody with an edit link tries every way to have something installed in the owner's name.</summary>
[NeedsSandbox]
public sealed class GuardedRequirementsTests
{
    private const string Evil = "evil\n";

    [Fact]
    public async Task A_link_editor_gets_nothing_into_the_owners_requirements()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("greeting", "1.0").WriteTo(wheels.Path);
        new TestWheel("evil", "1.0").WriteTo(wheels.Path);
        await using var canary = await TestIndex.StartAsync(wheels.Path);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = canary.Url.ToString() },
            }
        );
        using var owner = await server.SignInAsync("owner");
        using var mallory = await server.SignInAsync("mallory");
        var project = await owner.CreateProjectAsync();
        (
            await owner.WriteAsync(
                project,
                "index.qmd",
                "```{python}\nimport greeting\nprint(greeting.__version__)\n```\n"
            )
        ).ShouldBe();
        (await owner.WriteAsync(project, "requirements.vrf", Evil)).ShouldBe(); // a version of theirs to come back to
        (await owner.WriteAsync(project, "requirements.vrf", "greeting\n")).ShouldBe();
        var link = (await owner.SendAsync(HttpMethod.Put, $"/api/projects/{project}/links/edit")).ShouldBe().Json;
        (
            await mallory.SendAsync(
                HttpMethod.Post,
                "/api/links/open",
                new { token = link.GetProperty("token").GetString() }
            )
        ).ShouldBe();
        (await mallory.WriteAsync(project, "evil.vrf", Evil)).ShouldBe();
        var files = $"/api/projects/{project}/files/";

        foreach (
            var path in (string[])["requirements.vrf", "requirements.vrf/x", "requirements%2Evrf", "%72equirements.vrf"]
        )
            (await mallory.WriteAsync(project, path, Evil)).ShouldBe(HttpStatusCode.Forbidden);
        foreach (
            var path in (string[])
                [
                    "requirements.vrf%2Fx",
                    "%2e/requirements.vrf",
                    ".%2Frequirements.vrf",
                    "a%2F..%2Frequirements.vrf",
                    "%2Frequirements.vrf",
                    "a%5C..%5Crequirements.vrf",
                    "%2Frequirements.vrf%00",
                ]
        )
            ((int)(await mallory.WriteAsync(project, path, Evil)).Status).ShouldBeOneOf(400, 403, 404, 422);
        (await mallory.SendAsync(HttpMethod.Delete, files + "requirements.vrf")).ShouldBe(HttpStatusCode.Forbidden);
        foreach (
            var (from, to) in new[] { ("requirements.vrf", "away.vrf"), ("evil.vrf", "requirements.vrf/evil.vrf") }
        )
            (await MoveAsync(from, to)).ShouldBe(HttpStatusCode.Forbidden);
        foreach (
            var to in (string[])
                [
                    "./requirements.vrf",
                    "a/../requirements.vrf",
                    "/requirements.vrf",
                    "requirements.vrf/",
                    "requirements.vrf",
                ]
        )
            (await MoveAsync("evil.vrf", to)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (
            await mallory.SendAsync(
                HttpMethod.Put,
                $"/api/projects/{project}/python/requirements",
                new { text = Evil },
                request => request.Headers.TryAddWithoutValidation("If-Match", "*")
            )
        ).ShouldBe(HttpStatusCode.Forbidden);
        (
            await mallory.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/python/requirements/add",
                new { requirement = "evil" }
            )
        ).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var folder in (string[])["", "folder/"])
            (
                await mallory.SendAsync(
                    HttpMethod.Post,
                    $"/api/projects/{project}/zip",
                    Zip(folder + "requirements.vrf", folder + "notes.md")
                )
            )
                .ShouldBe()
                .Json.GetProperty("note")
                .GetString()
                .ShouldNotBeNull();
        (await mallory.SendAsync(HttpMethod.Post, $"/api/projects/{project}/versions/3/restore"))
            .ShouldBe()
            .Json.GetProperty("note")
            .GetString()
            .ShouldNotBeNull();
        foreach (var verb in (string[])["build", "retry", "refresh"])
            (await mallory.SendAsync(HttpMethod.Post, $"/api/projects/{project}/python/environment/{verb}")).ShouldBe(
                HttpStatusCode.Forbidden
            );
        (
            await mallory.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/compile",
                new { allowPythonInstall = true, retry = true }
            )
        ).ShouldBe();
        canary.Requests.ShouldBeEmpty();

        // Where there is none, nothing becomes one.
        (await owner.SendAsync(HttpMethod.Delete, files + "requirements.vrf")).ShouldBe();
        (await MoveAsync("evil.vrf", "requirements.vrf")).ShouldBe(HttpStatusCode.Forbidden);
        (await mallory.WriteAsync(project, "requirements.vrf", Evil, ifMatch: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await owner.WriteAsync(project, "requirements.vrf", "greeting\n")).ShouldBe();
        (
            await owner.WriteAsync(
                project,
                "index.qmd",
                "```{python}\nimport greeting\nprint(greeting.__version__)\n```\n"
            )
        ).ShouldBe();

        (await owner.ReadAsync(project, "requirements.vrf")).ShouldBe("greeting\n");
        var compiled = (await owner.SendAsync(HttpMethod.Post, $"/api/projects/{project}/compile")).ShouldBe().Json;
        compiled.GetProperty("status").GetString().ShouldBe("success", compiled.GetRawText());
        canary.Requests.ShouldContain(path => path.Contains("greeting"));
        canary.Requests.ShouldNotContain(path => path.Contains("evil"));

        Task<Answer> MoveAsync(string from, string to) =>
            mallory.SendAsync(HttpMethod.Post, $"/api/projects/{project}/move", new { from, to });
    }

    private static ByteArrayContent Zip(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var name in names)
                using (var entry = new StreamWriter(zip.CreateEntry(name).Open()))
                    entry.Write(Evil);
        return new ByteArrayContent(bytes.ToArray());
    }
}
