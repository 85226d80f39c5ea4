using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Tests.Workspace.Access;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>What answers carry, those that went wrong included.</summary>
public sealed class HeaderTests
{
    [Fact]
    public async Task An_answer_of_a_fault_is_guarded_as_every_other()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        // A content that is gone from the disk cannot be served.
        foreach (var blob in Directory.GetFiles(server.Combine("workspace", "blobs"), "*", SearchOption.AllDirectories))
            File.Delete(blob);

        var answer = await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/files/index.qmd");

        answer.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers["Content-Security-Policy"].Single().ShouldContain("default-src");
        answer.Headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
        answer.Headers["Cache-Control"].Single().ShouldContain("no-store");
    }

    [Fact]
    public async Task A_cookie_is_not_given_anew_with_every_answer()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");

        // Else an answer that is late brings back the session of somebody who has signed out meanwhile.
        (await ada.SendAsync(HttpMethod.Get, "/api/projects"))
            .ShouldBe()
            .Headers["Set-Cookie"]
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_cookie_is_kept_from_scripts_and_from_other_sites()
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Web = settings.Web with { PublicUrl = "https://verso.example.org" },
            }
        );
        await server.WithContextAsync(async _ =>
        {
            await using var scope = server.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<AccountWork>()
                .AddAsync("ada", "ada@example.org", WorkspaceServer.Password, trusted: true);
            return true;
        });
        using var ada = server.Anonymous();

        var answer = await ada.SendAsync(
            HttpMethod.Post,
            "/api/session",
            new { userName = "ada", password = WorkspaceServer.Password }
        );

        var cookie = answer.ShouldBe(HttpStatusCode.NoContent).Headers["Set-Cookie"].Single();
        foreach (var flag in (string[])["secure", "httponly", "samesite=lax"])
            cookie.ShouldContain(flag);
    }

    [Fact]
    public async Task What_others_wrote_is_no_script_of_the_workspaces_pages()
    {
        await using var server = await WorkspaceServer.StartAsync(configure: builder =>
            builder.Services.AddSingleton<ICompileService, StandInCompiles>()
        );
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var build = await ada.CompileAsync(project);
        var published = await ada.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish");
        string[] paths =
        [
            new Uri(published.ShouldBe().Json.GetProperty("url").GetString()!).AbsolutePath + "index.html",
            build.Url("index.html"),
            $"/api/projects/{project}/builds/{build.GetProperty("id").GetString()}/output/index.html",
        ];

        foreach (var path in paths)
        {
            // A page of the workspace's own, which has its origin; a document has none.
            (await AskAsync(path, "same-origin", "script")).ShouldBe(HttpStatusCode.NotFound);
            (await AskAsync(path, "same-origin", "serviceworker")).ShouldBe(HttpStatusCode.NotFound);
            (await AskAsync(path, "same-origin", "iframe")).ShouldBe();
            (await AskAsync(path, "cross-site", "script")).ShouldBe();
        }

        Task<Answer> AskAsync(string path, string site, string destination) =>
            ada.SendAsync(
                HttpMethod.Get,
                path,
                change: request =>
                {
                    request.Headers.Add("Sec-Fetch-Site", site);
                    request.Headers.Add("Sec-Fetch-Dest", destination);
                }
            );
    }
}
