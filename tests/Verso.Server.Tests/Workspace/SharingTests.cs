using System.Net;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

/// <summary>How people come into a project and out of it again, and what they may do there meanwhile.</summary>
public sealed class SharingTests
{
    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Invitations_links_and_owners_come_and_go(DatabaseProvider provider)
    {
        var database = await Databases.NewAsync(provider);
        await using var server = await WorkspaceServer.StartAsync(settings =>
            database(settings) with
            {
                Sharing = new SharingOptions { AnonymousReadAndWrite = true },
            }
        );
        using var ada = await server.SignInAsync("ada");
        using var grace = await server.SignInAsync("grace");
        using var linus = await server.SignInAsync("linus");
        var project = await ada.CreateProjectAsync();
        var path = $"/api/projects/{project}";
        await MayAsync(grace, null);

        // By a link first, then invited as well, which weighs more; links stay what they are.
        var link = await ada.LinkAsync(project, "edit");
        await grace.OpenLinkAsync(link);
        await MayAsync(grace, (Edit: true, Install: false));
        await ada.TakeInAsync(project, grace, "viewer");
        await MayAsync(grace, (Edit: true, Install: true));
        (await ada.SendAsync(HttpMethod.Delete, path + "/links/edit")).ShouldBe(HttpStatusCode.NoContent);
        await MayAsync(grace, (Edit: false, Install: true));
        using var anonymous = server.Anonymous(link);
        (await anonymous.SendAsync(HttpMethod.Get, path)).ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.SendAsync(HttpMethod.Patch, $"{path}/members/{grace.Id}", new { role = "editor" })).ShouldBe(
            HttpStatusCode.NoContent
        );
        await MayAsync(grace, (Edit: true, Install: true));

        // An invitation works once, and not after it was taken back.
        await ada.InviteAsync(project, linus, "editor");
        var waiting = (await ada.GetAsync(path + "/invitations"))[0].GetProperty("id").GetString();
        (await ada.SendAsync(HttpMethod.Delete, $"{path}/invitations/{waiting}")).ShouldBe(HttpStatusCode.NoContent);
        (await linus.SendAsync(HttpMethod.Post, $"/api/invitations/{waiting}/accept")).ShouldBe(
            HttpStatusCode.NotFound
        );
        await ada.TakeInAsync(project, linus, "reviewer");
        await MayAsync(linus, (Edit: false, Install: true));

        // The project goes to somebody else, whom the one before cannot take it from.
        (await ada.SendAsync(HttpMethod.Post, path + "/transfer", new { account = grace.Id })).ShouldBe(
            HttpStatusCode.NoContent
        );
        (await ada.SendAsync(HttpMethod.Delete, path)).ShouldBe(HttpStatusCode.Forbidden);
        (await grace.SendAsync(HttpMethod.Post, path + "/leave")).Status.ShouldNotBe(HttpStatusCode.NoContent);
        (await linus.SendAsync(HttpMethod.Post, path + "/leave")).ShouldBe(HttpStatusCode.NoContent);
        await MayAsync(linus, null);
        await grace.RemoveAsync(project, ada);
        await MayAsync(ada, null);
        (await grace.GetAsync(path + "/members")).GetArrayLength().ShouldBe(1);
        (await grace.SendAsync(HttpMethod.Delete, path)).ShouldBe(HttpStatusCode.NoContent);

        async Task MayAsync(Person person, (bool Edit, bool Install)? expected)
        {
            var answer = await person.SendAsync(HttpMethod.Get, path);
            if (expected is not var (edit, install))
            {
                answer.ShouldBe(HttpStatusCode.NotFound);
                return;
            }
            answer.ShouldBe().Json.GetProperty("mayEdit").GetBoolean().ShouldBe(edit);
            answer.Json.GetProperty("mayInstall").GetBoolean().ShouldBe(install);
            (await person.WriteAsync(project, $"{Guid.NewGuid():N}.md", "words")).ShouldBe(
                edit ? HttpStatusCode.OK : HttpStatusCode.Forbidden
            );
        }
    }
}
