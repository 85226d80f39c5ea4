using System.IO.Compression;
using System.Net;

namespace Verso.Server.Tests.Workspace;

/// <summary>A script with an access token does a day's work through the public interface.</summary>
[NeedsSandbox]
public sealed class WorkingDayTests
{
    [Fact]
    public async Task A_script_does_a_whole_working_day()
    {
        using var wheels = new TemporaryDirectory();
        new TestWheel("greeting", "1.0").WriteTo(wheels.Path);
        await using var index = await TestIndex.StartAsync(wheels.Path);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = index.Url.ToString() },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        using var script = await ada.WithTokenAsync("read", "write", "install");
        var project = await script.CreateProjectAsync("Thesis");
        var path = $"/api/projects/{project}";

        // Writing.
        (
            await script.WriteAsync(
                project,
                "index.qmd",
                "# Thesis\n\n```{python}\nimport greeting\nprint('version', greeting.__version__)\n```\n"
            )
        ).ShouldBe();
        (await script.WriteAsync(project, "notes/today.md", "- write", ifMatch: null)).ShouldBe();
        (await script.SendAsync(HttpMethod.Post, path + "/move", new { from = "notes", to = "archive" })).ShouldBe();
        (await script.GetAsync(path + "/files"))
            .EnumerateArray()
            .Select(f => f.GetProperty("path").GetString())
            .ShouldBe(["archive/today.md", "index.qmd"]);

        // The first compile says which package is missing; it is added.
        var first = (await script.SendAsync(HttpMethod.Post, path + "/compile")).ShouldBe().Json;
        first.GetProperty("status").GetString().ShouldBe("failure");
        for (var twice = 0; twice < 2; twice++)
            (
                await script.SendAsync(
                    HttpMethod.Post,
                    path + "/python/requirements/add",
                    new { requirement = "greeting" }
                )
            ).ShouldBe();
        (await script.ReadAsync(project, "requirements.vrf")).ShouldBe("greeting\n");
        var second = (await script.SendAsync(HttpMethod.Post, path + "/compile")).ShouldBe().Json;
        second.GetProperty("status").GetString().ShouldBe("success", second.GetRawText());
        var environment = await script.GetAsync(path + "/python/environment");
        environment.GetProperty("state").GetString().ShouldBe("ready");
        environment.GetProperty("packages")[0].GetProperty("version").GetString().ShouldBe("1.0");

        // What came out is served without a cookie, in an origin of its own.
        using var nobody = server.Anonymous();
        var page = (await nobody.SendAsync(HttpMethod.Get, second.GetProperty("mainUrl").GetString()!)).ShouldBe();
        page.Text.ShouldContain("version 1.0");
        page.Headers["Content-Security-Policy"].Single().ShouldStartWith("sandbox allow-scripts");
        page.Headers["Content-Security-Policy"].Single().ShouldNotContain("allow-same-origin");
        page.Headers["Access-Control-Allow-Origin"].ShouldBe(["*"]);
        page.Headers["Referrer-Policy"].ShouldBe(["no-referrer"]);
        page.Headers["Set-Cookie"].ShouldBeEmpty();

        // Sharing: bob sees what was compiled last, and loses it again.
        var invitation = (
            await script.SendAsync(HttpMethod.Post, path + "/invitations", new { addressee = "bob", role = "viewer" })
        )
            .ShouldBe()
            .Json.GetProperty("invitation")
            .GetProperty("id")
            .GetString();
        (await bob.SendAsync(HttpMethod.Post, $"/api/invitations/{invitation}/accept")).ShouldBe();
        var seen = (await bob.GetAsync(path + "/builds/latest")).GetProperty("mainUrl").GetString()!;
        (await nobody.SendAsync(HttpMethod.Get, seen)).ShouldBe();
        (await script.SendAsync(HttpMethod.Delete, $"{path}/members/{bob.Id}")).ShouldBe(HttpStatusCode.NoContent);
        (await nobody.SendAsync(HttpMethod.Get, seen)).ShouldBe(HttpStatusCode.NotFound);

        // Publishing, changing, publishing again, going back.
        var published = (await script.SendAsync(HttpMethod.Post, path + "/publish")).ShouldBe().Json;
        var (address, earlier) = (
            published.GetProperty("url").GetString()!,
            published.GetProperty("buildId").GetString()
        );
        var shown = (await nobody.SendAsync(HttpMethod.Get, address)).ShouldBe();
        shown.Text.ShouldContain("version 1.0");
        (
            await nobody.SendAsync(
                HttpMethod.Get,
                address,
                change: r => r.Headers.TryAddWithoutValidation("If-None-Match", shown.Headers["ETag"].Single())
            )
        ).ShouldBe(HttpStatusCode.NotModified);
        (await nobody.SendAsync(HttpMethod.Get, address, change: r => r.Headers.Range = new(0, 9)))
            .ShouldBe(HttpStatusCode.PartialContent)
            .Body.Length.ShouldBe(10);
        (await script.WriteAsync(project, "index.qmd", "# Another text\n")).ShouldBe();
        (await script.SendAsync(HttpMethod.Post, path + "/publish")).ShouldBe();
        (await nobody.SendAsync(HttpMethod.Get, address)).Text.ShouldContain("Another text");
        (await script.SendAsync(HttpMethod.Post, path + "/publish/rollback", new { buildId = earlier })).ShouldBe();
        (await nobody.SendAsync(HttpMethod.Get, address)).Text.ShouldContain("version 1.0");

        // Tidying up: restore, download, copy, delete and take that back.
        (await script.SendAsync(HttpMethod.Post, path + "/versions/2/restore")).ShouldBe();
        (await script.ReadAsync(project, "index.qmd")).ShouldContain("import greeting");
        var zip = new ZipArchive(
            new MemoryStream((await script.SendAsync(HttpMethod.Get, path + "/zip")).ShouldBe().Body)
        );
        zip.Entries.Select(entry => entry.FullName).ShouldContain("index.qmd");
        (await script.SendAsync(HttpMethod.Post, path + "/copy", new { name = "Copy" })).ShouldBe(
            HttpStatusCode.Created
        );
        (await script.SendAsync(HttpMethod.Delete, path)).ShouldBe(HttpStatusCode.NoContent);
        (await script.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.NotFound);
        (await nobody.SendAsync(HttpMethod.Get, address)).ShouldBe(HttpStatusCode.NotFound);
        (await script.SendAsync(HttpMethod.Post, path + "/undelete")).ShouldBe(HttpStatusCode.NoContent);
        (await script.GetAsync(path)).GetProperty("name").GetString().ShouldBe("Thesis");
        (await script.SendAsync(HttpMethod.Delete, path + "/publish")).ShouldBe(HttpStatusCode.NoContent);

        // And all of it is on record; the token makes no other.
        (await script.GetAsync(path + "/audit"))
            .EnumerateArray()
            .Select(e => e.GetProperty("action").GetString())
            .Distinct()
            .ShouldBe([
                "project.unpublished",
                "project.undeleted",
                "project.deleted",
                "project.rolled-back",
                "project.published",
                "member.removed",
                "invitation.accepted",
                "invitation.sent",
                "python.installed",
            ]);
        (
            await script.SendAsync(
                HttpMethod.Post,
                "/api/account/tokens",
                new { name = "more", scopes = new[] { "read" } }
            )
        ).ShouldBe(HttpStatusCode.Forbidden);
    }
}
