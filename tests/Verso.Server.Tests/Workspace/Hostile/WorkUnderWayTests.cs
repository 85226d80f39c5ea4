using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Storage;
using Verso.Server.Tests.Workspace.Access;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>What somebody has under way when it is taken from them comes to nothing.</summary>
public sealed class WorkUnderWayTests
{
    public static TheoryData<DatabaseProvider> All => Databases.All;

    private HeldCompiles _compiles = null!;

    [Theory]
    [InlineData("removed")]
    [InlineData("made a viewer")]
    [InlineData("project deleted")]
    public async Task A_publish_is_not_shown_of_somebody_who_may_no_longer(string meanwhile)
    {
        await using var server = await StartAsync(DatabaseProvider.Sqlite);
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, bob, "editor");

        var publishing = bob.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish");
        await _compiles.Started;
        var path = $"/api/projects/{project}";
        var member = $"{path}/members/{bob.Id}";
        var change = meanwhile switch
        {
            "removed" => ada.SendAsync(HttpMethod.Delete, member),
            "made a viewer" => ada.SendAsync(HttpMethod.Patch, member, new { role = "viewer" }),
            _ => ada.SendAsync(HttpMethod.Delete, path),
        };
        (await change).ShouldBe(HttpStatusCode.NoContent);
        _compiles.End();

        (await publishing).ShouldBe(HttpStatusCode.Forbidden);
        (await server.WithContextAsync(context => context.Publications.CountAsync())).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_compile_ends_in_peace_though_its_project_and_owner_are_gone(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        using var ada = await server.SignInAsync("ada");
        using var bob = await server.SignInAsync("bob");
        var project = await ada.CreateProjectAsync();
        await ada.TakeInAsync(project, bob, "editor");

        var compiling = bob.SendAsync(HttpMethod.Post, $"/api/projects/{project}/compile");
        await _compiles.Started;
        (
            await ada.SendAsync(HttpMethod.Post, "/api/account/delete", new { password = WorkspaceServer.Password })
        ).ShouldBe(HttpStatusCode.NoContent);
        _compiles.End();

        (await compiling).ShouldBe().Json.Status().ShouldBe("terminated");
        (await server.WithContextAsync(context => context.BuildFiles.CountAsync())).ShouldBe(0);
    }

    private async Task<WorkspaceServer> StartAsync(DatabaseProvider provider) =>
        await WorkspaceServer.StartAsync(
            await Databases.NewAsync(provider),
            builder =>
                builder.Services.AddSingleton<ICompileService>(
                    _compiles = new HeldCompiles(new StandInCompiles(TimeProvider.System))
                )
        );
}
