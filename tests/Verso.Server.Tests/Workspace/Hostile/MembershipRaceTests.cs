using System.Net;
using Microsoft.EntityFrameworkCore;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>Who is in a project is changed by several at once: it has one owner all the time, and nobody sees a fault.</summary>
public sealed class MembershipRaceTests
{
    private const int Rounds = 15;

    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Handing_over_races_with_leaving_removing_inviting_and_handing_over(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        using var cleo = await server.SignInAsync("cleo");
        var answers = new List<Answer>();
        for (var round = 0; round < Rounds; round++)
        {
            var project = await ada.CreateProjectAsync();
            var path = $"/api/projects/{project}";
            await ada.TakeInAsync(project, bob, "editor");
            await bob.OpenLinkAsync(await ada.LinkAsync(project, "view"));
            await ada.TakeInAsync(project, cleo, "viewer");
            Task<Answer>[] racing =
            [
                ada.SendAsync(HttpMethod.Post, $"{path}/transfer", new { account = bob.Id }),
                bob.SendAsync(HttpMethod.Post, $"{path}/leave"),
                ada.SendAsync(HttpMethod.Delete, $"{path}/members/{bob.Id}"),
                ada.SendAsync(HttpMethod.Patch, $"{path}/members/{bob.Id}", new { role = "viewer" }),
                ada.SendAsync(HttpMethod.Post, $"{path}/transfer", new { account = cleo.Id }),
            ];
            answers.AddRange(await Task.WhenAll(racing));

            var owners = await server.WithContextAsync(context =>
                context
                    .Memberships.Where(m => m.ProjectId == project && m.Source == MembershipSource.Owner)
                    .Select(m => m.Role)
                    .ToListAsync()
            );
            owners.ShouldBe([Verso.Server.Sharing.Role.Owner]);
        }

        answers.Where(answer => (int)answer.Status >= 500).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Coming_in_twice_at_once_is_coming_in_once(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var answers = new List<HttpStatusCode>();
        for (var round = 0; round < Rounds; round++)
        {
            var project = await ada.CreateProjectAsync();
            await ada.InviteAsync(project, bob, "editor");
            var invitation = (await bob.GetAsync("/api/invitations"))[0].GetProperty("id").GetString();
            var token = await ada.LinkAsync(project, "view");

            var opened = Enumerable
                .Range(0, 4)
                .Select(_ => bob.SendAsync(HttpMethod.Post, "/api/links/open", new { token }))
                .ToList();
            var accepted = await bob.SendAsync(HttpMethod.Post, $"/api/invitations/{invitation}/accept");
            answers.AddRange((await Task.WhenAll(opened)).Select(answer => answer.Status));
            answers.Add(accepted.Status);

            (await bob.GetAsync($"/api/projects/{project}")).GetProperty("source").GetString().ShouldBe("invitation");
        }

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
    }
}
