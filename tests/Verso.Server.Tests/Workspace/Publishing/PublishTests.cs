using System.Net;

namespace Verso.Server.Tests.Workspace.Publishing;

[NeedsSandbox]
public sealed class PublishTests
{
    [Fact]
    public async Task A_published_page_is_everybodys_and_nobodys_origin()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ProjectAsync(ada, "First words");
        var path = await PublishAsync(ada, project);
        using var nobody = server.Anonymous();

        foreach (var reader in new[] { nobody, ada })
        {
            var page = (await reader.SendAsync(HttpMethod.Get, path)).ShouldBe();

            page.Text.ShouldContain("First words");
            page.Headers["Content-Security-Policy"].Single().ShouldStartWith("sandbox allow-scripts ");
            page.Headers["Content-Security-Policy"].Single().ShouldNotContain("allow-same-origin");
            page.Headers["Access-Control-Allow-Origin"].ShouldBe(["*"]);
            page.Headers["Referrer-Policy"].ShouldBe(["no-referrer"]);
            page.Headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
            page.Headers["Cache-Control"].ShouldBe(["public, no-cache"]);
            page.Headers["Set-Cookie"].ShouldBeEmpty("anybody may keep the answer");
        }
        var tag = (await nobody.SendAsync(HttpMethod.Get, path)).Headers["ETag"].Single();
        (
            await nobody.SendAsync(
                HttpMethod.Get,
                path,
                change: request => request.Headers.TryAddWithoutValidation("If-None-Match", tag)
            )
        ).ShouldBe(HttpStatusCode.NotModified);
        (await nobody.SendAsync(HttpMethod.Get, path, change: request => request.Headers.Range = new(2, 3)))
            .ShouldBe(HttpStatusCode.PartialContent)
            .Body.Length.ShouldBe(2);
        (await nobody.SendAsync(HttpMethod.Get, path + "index.html")).ShouldBe();
        (await nobody.SendAsync(HttpMethod.Get, path.TrimEnd('/')))
            .ShouldBe(HttpStatusCode.MovedPermanently)
            .Headers["Location"]
            .ShouldBe([path]);
        (await nobody.SendAsync(HttpMethod.Get, path + "output.log")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_publish_takes_the_place_of_the_one_before_and_can_be_taken_back()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ProjectAsync(ada, "First words");
        var path = await PublishAsync(ada, project);
        (await ada.WriteAsync(project, "index.qmd", "Second words\n")).ShouldBe();
        (await ReadAsync(server, path)).ShouldContain("First words");

        (await PublishAsync(ada, project)).ShouldBe(path);
        (await ReadAsync(server, path)).ShouldContain("Second words");
        var earlier = (await ada.GetAsync($"/api/projects/{project}/publish")).GetProperty("earlier");
        var build = earlier.EnumerateArray().Single().GetProperty("buildId").GetString();
        (
            await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish/rollback", new { buildId = build })
        ).ShouldBe();

        (await ReadAsync(server, path)).ShouldContain("First words");
    }

    [Fact]
    public async Task What_does_not_render_leaves_what_is_published()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ProjectAsync(ada, "First words");
        var path = await PublishAsync(ada, project);
        (await ada.WriteAsync(project, "index.qmd", "```{python}\n1/0\n```\n")).ShouldBe();

        var refused = await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish");

        refused.ShouldBe(HttpStatusCode.UnprocessableEntity).Problem.ShouldStartWith("Nothing was published: ");
        refused.Json.GetProperty("build").Status().ShouldBe("failure");
        (await ReadAsync(server, path)).ShouldContain("First words");
    }

    [Fact]
    public async Task Only_a_build_of_the_project_that_was_made_for_it_is_shown()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        var (hers, graces) = (await ProjectAsync(ada, "Hers"), await ProjectAsync(grace, "Grace's"));
        await PublishAsync(grace, graces);
        var other = (await grace.GetAsync($"/api/projects/{graces}/publish")).GetProperty("buildId").GetString()!;
        var path = await PublishAsync(ada, hers);
        var compiled = (await ada.CompileAsync(hers)).GetProperty("id").GetString()!;

        foreach (var build in new[] { other, compiled, "nothing" })
            (
                await ada.SendAsync(HttpMethod.Post, $"/api/projects/{hers}/publish/rollback", new { buildId = build })
            ).ShouldBe(HttpStatusCode.NotFound);

        (await ReadAsync(server, path)).ShouldContain("Hers");
    }

    [Fact]
    public async Task It_is_taken_down_by_those_who_publish_and_by_administrators()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        using var editor = await server.SignInAsync("grace");
        using var linked = await server.SignInAsync("linus");
        using var root = await server.SignInAsync("root", administrator: true);
        using var nobody = server.Anonymous();
        var project = await ProjectAsync(ada, "Words");
        await ada.TakeInAsync(project, editor, "editor");
        await linked.OpenLinkAsync(await ada.LinkAsync(project, "edit"));
        var path = await PublishAsync(editor, project);

        (await linked.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/publish")).ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await linked.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish")).ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await editor.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/publish")).ShouldBe(
            HttpStatusCode.NoContent
        );
        (await nobody.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.NotFound);

        var slug = (await PublishAsync(ada, project)).Trim('/').Split('/')[1];
        (await ada.SendAsync(HttpMethod.Delete, $"/api/admin/publications/{slug}")).ShouldBe(HttpStatusCode.Forbidden);
        (await root.SendAsync(HttpMethod.Delete, $"/api/admin/publications/{slug}")).ShouldBe(HttpStatusCode.NoContent);
        (await nobody.SendAsync(HttpMethod.Get, $"/p/{slug}/")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deleted_project_is_public_no_more()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ProjectAsync(ada, "Words");
        var path = await PublishAsync(ada, project);

        (await ada.SendAsync(HttpMethod.Delete, $"/api/projects/{project}")).ShouldBe(HttpStatusCode.NoContent);

        using var nobody = server.Anonymous();
        (await nobody.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> ProjectAsync(Person person, string words)
    {
        var project = await person.CreateProjectAsync();
        (await person.WriteAsync(project, "index.qmd", words + "\n")).ShouldBe();
        return project;
    }

    /// <returns>The path of its address.</returns>
    private static async Task<string> PublishAsync(Person person, string project) =>
        new Uri(
            (await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish"))
                .ShouldBe()
                .Json.GetProperty("url")
                .GetString()!
        ).AbsolutePath;

    private static async Task<string> ReadAsync(WorkspaceServer server, string path)
    {
        using var nobody = server.Anonymous();
        return (await nobody.SendAsync(HttpMethod.Get, path)).ShouldBe().Text;
    }
}
