using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Projects;

namespace Verso.Server.Tests.Workspace;

public sealed class ZipTests
{
    [Theory]
    [InlineData("../evil.md", "'.' or '..'")]
    [InlineData("a/../../evil.md", "'.' or '..'")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("a\\..\\evil.md", "divided by '/'")]
    [InlineData("a\u0000b.md", "control characters")]
    [InlineData("link", "a link")]
    [InlineData("twice", "twice")]
    [InlineData("bomb", "more than 1 MiB")]
    [InlineData("many", "has 300 entries")]
    [InlineData("rubbish", "no zip file")]
    public async Task A_hostile_zip_is_refused_whole(string what, string expected)
    {
        await using var server = await WorkspaceServer.StartAsync(settings =>
            settings with
            {
                Projects = new ProjectsOptions
                {
                    MaxFiles = 50,
                    MaxProjectMiB = 2,
                    MaxFileMiB = 1,
                },
            }
        );
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();

        foreach (var path in (string[])["/api/projects/upload?name=Zip", $"/api/projects/{project}/zip"])
            (await ada.SendAsync(HttpMethod.Post, path, new ByteArrayContent(Hostile(what))))
                .ShouldBe(HttpStatusCode.UnprocessableEntity)
                .Problem.ShouldContain(expected);

        (await server.WithContextAsync(context => context.Projects.CountAsync())).ShouldBe(1);
        (await ada.GetAsync($"/api/projects/{project}/files")).GetArrayLength().ShouldBe(1);
        Directory.GetFiles(server.Combine("workspace", "blobs", "v1", "staging")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_survives_going_out_and_coming_in()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        (await ada.WriteAsync(project, "data/ü.csv", "1,2\n")).ShouldBe();
        (await ada.WriteAsync(project, "requirements.vrf", "pandas\n")).ShouldBe();
        var zip = (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/zip")).ShouldBe().Body;

        var copy = (await ada.SendAsync(HttpMethod.Post, "/api/projects/upload?name=Back", new ByteArrayContent(zip)))
            .ShouldBe(HttpStatusCode.Created)
            .Json.GetProperty("id")
            .GetString()!;

        (await ada.GetAsync($"/api/projects/{copy}/files"))
            .GetRawText()
            .ShouldBe((await ada.GetAsync($"/api/projects/{project}/files")).GetRawText());
    }

    [Fact]
    public async Task What_somebody_may_not_install_their_new_projects_go_without()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var stranger = await server.SignInAsync("stranger", trusted: false);
        var zip = Packed(archive =>
        {
            Add(archive, "requirements.vrf", "evil\n");
            Add(archive, "index.qmd", "# Words\n");
        });

        var created = (
            await stranger.SendAsync(HttpMethod.Post, "/api/projects/upload?name=Zip", new ByteArrayContent(zip))
        )
            .ShouldBe(HttpStatusCode.Created)
            .Json;

        created.GetProperty("note").GetString()!.ShouldContain("left as it is");
        (await stranger.GetAsync($"/api/projects/{created.GetProperty("id").GetString()}/files"))
            .GetArrayLength()
            .ShouldBe(1);
    }

    private static byte[] Hostile(string what) =>
        what switch
        {
            "rubbish" => [1, 2, 3, 4],
            "bomb" => Packed(zip => Add(zip, "bomb.csv", new string('0', 3 << 20))),
            "many" => Packed(zip =>
            {
                for (var n = 0; n < 300; n++)
                    Add(zip, $"{n}.md", "");
            }),
            "twice" => Packed(zip =>
            {
                Add(zip, "a.md", "one");
                Add(zip, "a.md", "two");
            }),
            "link" => Packed(zip =>
            {
                Add(zip, "passwords", "/etc/passwd");
                zip.Entries.Single().ExternalAttributes = unchecked((int)0xA1FF0000);
            }),
            var path => Packed(zip => Add(zip, path, "evil")),
        };

    private static byte[] Packed(Action<ZipArchive> fill)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
            fill(zip);
        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string path, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        writer.Write(text);
    }
}
