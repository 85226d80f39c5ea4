using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Verso.Rendering.Engines;
using Verso.Server.Builds;
using Verso.Server.Settings;

namespace Verso.Server.Tests.Workspace.Builds;

/// <summary>Who has packages installed, by compiling, exporting and publishing: asked of the index that would be asked.</summary>
[NeedsSandbox]
public sealed class GateTests : IAsyncLifetime
{
    private const string Imports = "```{python}\nimport greeting\nprint('version', greeting.__version__)\n```\n";

    private readonly TemporaryDirectory _wheels = new();
    private TestIndex _canary = null!;

    public async ValueTask InitializeAsync()
    {
        new TestWheel("greeting", "1.0").WriteTo(_wheels.Path);
        _canary = await TestIndex.StartAsync(_wheels.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _canary.DisposeAsync();
        _wheels.Dispose();
    }

    [Theory]
    [InlineData("owner", true, true)]
    [InlineData("invited viewer", true, false)]
    [InlineData("invited reviewer", true, false)]
    [InlineData("invited editor", true, true)]
    [InlineData("link viewer", false, false)]
    [InlineData("link editor", false, false)]
    [InlineData("link editor, invited, not accepted", false, false)]
    [InlineData("link editor, invited, accepted", true, false)]
    [InlineData("invited viewer who opened the edit link", true, false)]
    [InlineData("signed out, with the edit link", false, false)]
    [InlineData("removed, back by the link", false, false)]
    [InlineData("old owner after a transfer", true, true)]
    [InlineData("new owner after a transfer", true, true)]
    [InlineData("owner whom no administrator allowed", false, true)]
    [InlineData("owner's token without the scope", false, true)]
    [InlineData("owner's token with the scope", true, true)]
    public async Task Packages_are_installed_for_exactly_those_who_pass(string who, bool installs, bool publishes)
    {
        await using var server = await StartAsync();
        using var owner = await server.SignInAsync("ada", trusted: who != "owner whom no administrator allowed");
        using var guest = await server.SignInAsync("grace");
        var project = await ProjectAsync(server, owner);
        using var person = await BecomeAsync(who, server, project, owner, guest);

        var compiled = await person.CompileAsync(project);
        var exported = await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/export");
        var published = await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/publish");

        var expected = installs ? "built" : "base";
        compiled.GetProperty("environment").GetProperty("state").GetString().ShouldBe(expected);
        compiled.Status().ShouldBe(installs ? "success" : "failure");
        exported.ShouldBe(); // in formats that this engine refuses, before it needs any packages
        published.Status.ShouldBe(
            !publishes ? HttpStatusCode.Forbidden
                : installs ? HttpStatusCode.OK
                : HttpStatusCode.UnprocessableEntity,
            published.Text
        );
        (await PublishStatesAsync(server)).ShouldBe(publishes ? [installs ? "reused" : "base"] : []);
        _canary.Requests.IsEmpty.ShouldBe(!installs);
    }

    [Theory]
    [InlineData("invited, not accepted")]
    [InlineData("revoked invitation")]
    [InlineData("removed")]
    [InlineData("site administrator")]
    [InlineData("signed out")]
    public async Task Who_is_no_member_compiles_nothing(string who)
    {
        await using var server = await StartAsync();
        using var owner = await server.SignInAsync("ada");
        using var guest = await server.SignInAsync("grace", administrator: who == "site administrator");
        var project = await ProjectAsync(server, owner);
        if (who == "signed out")
            await owner.LinkAsync(project, "edit");
        else if (who == "removed")
        {
            await owner.TakeInAsync(project, guest, "editor");
            await owner.RemoveAsync(project, guest);
        }
        else if (who != "site administrator")
            await owner.InviteAsync(project, guest, "editor");
        if (who == "revoked invitation")
        {
            var invitations = await owner.GetAsync($"/api/projects/{project}/invitations");
            var id = invitations[0].GetProperty("id").GetString();
            await owner.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/invitations/{id}");
        }
        using var person = who == "signed out" ? server.Anonymous() : guest;

        foreach (var work in new[] { "compile", "export", "publish", "python/environment/build" })
            (await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/{work}")).Status.ShouldBe(
                who == "signed out" ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound
            );

        _canary.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("invited viewer", true)]
    [InlineData("link editor", false)]
    [InlineData("signed out, with the edit link", false)]
    [InlineData("owner's token without the scope", false)]
    public async Task An_export_installs_for_those_who_pass_as_well(string who, bool installs)
    {
        using var quarto = new QuartoStandIn();
        await using var server = await StartAsync(settings =>
            settings with
            {
                Rendering = settings.Rendering with { Engine = EngineChoice.Quarto, QuartoPath = quarto.Program },
            }
        );
        using var owner = await server.SignInAsync("ada");
        using var guest = await server.SignInAsync("grace");
        var project = await ProjectAsync(server, owner);
        using var person = await BecomeAsync(who, server, project, owner, guest);

        var exported = await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/export");

        exported
            .ShouldBe()
            .Json.GetProperty("environment")
            .GetProperty("state")
            .GetString()
            .ShouldBe(installs ? "built" : "base");
        _canary.Requests.IsEmpty.ShouldBe(!installs);
    }

    [Fact]
    public async Task What_a_request_says_about_installing_is_not_heard()
    {
        await using var server = await StartAsync();
        using var owner = await server.SignInAsync("ada");
        using var guest = await server.SignInAsync("grace");
        var project = await ProjectAsync(server, owner);
        await guest.OpenLinkAsync(await owner.LinkAsync(project, "edit"));

        var build = await guest.CompileAsync(
            project,
            new
            {
                allowPythonInstall = true,
                mayInstall = true,
                options = new { allowPythonInstall = true },
                retry = true,
            }
        );

        build.GetProperty("environment").GetProperty("reason").GetString().ShouldBe("not-allowed");
        _canary.Requests.ShouldBeEmpty();
    }

    private Task<WorkspaceServer> StartAsync(Func<ServerSettings, ServerSettings>? change = null) =>
        WorkspaceServer.StartAsync(settings =>
        {
            settings = settings with
            {
                PackageIndex = settings.PackageIndex with { Upstream = _canary.Url.ToString() },
                Sharing = settings.Sharing with { AnonymousReadAndWrite = true },
            };
            return change?.Invoke(settings) ?? settings;
        });

    // As it stands when the person comes: the requirements were written by somebody who may.
    private static async Task<string> ProjectAsync(WorkspaceServer server, Person owner)
    {
        var project = await owner.CreateProjectAsync();
        (await owner.WriteAsync(project, "index.qmd", Imports)).ShouldBe();
        await server.AllowAsync(
            owner,
            async () => (await owner.WriteAsync(project, "requirements.vrf", "greeting\n", ifMatch: null)).ShouldBe()
        );
        return project;
    }

    private static async Task<Person> BecomeAsync(
        string who,
        WorkspaceServer server,
        string project,
        Person owner,
        Person guest
    )
    {
        switch (who)
        {
            case "owner" or "owner whom no administrator allowed":
                return owner;
            case "invited viewer" or "invited reviewer" or "invited editor":
                await owner.TakeInAsync(project, guest, who["invited ".Length..]);
                return guest;
            case "link viewer":
                await guest.OpenLinkAsync(await owner.LinkAsync(project, "view"));
                return guest;
            case "link editor" or "link editor, invited, not accepted" or "link editor, invited, accepted":
                await guest.OpenLinkAsync(await owner.LinkAsync(project, "edit"));
                if (who != "link editor")
                    await owner.InviteAsync(project, guest, "viewer");
                if (who.EndsWith(", accepted", StringComparison.Ordinal))
                    await guest.AcceptAsync();
                return guest;
            case "invited viewer who opened the edit link":
                await owner.TakeInAsync(project, guest, "viewer");
                await guest.OpenLinkAsync(await owner.LinkAsync(project, "edit"));
                return guest;
            case "signed out, with the edit link":
                return server.Anonymous(await owner.LinkAsync(project, "edit"));
            case "removed, back by the link":
                await owner.TakeInAsync(project, guest, "editor");
                await owner.RemoveAsync(project, guest);
                await guest.OpenLinkAsync(await owner.LinkAsync(project, "edit"));
                return guest;
            case "old owner after a transfer" or "new owner after a transfer":
                await owner.TakeInAsync(project, guest, "viewer");
                await owner.SendAsync(HttpMethod.Post, $"/api/projects/{project}/transfer", new { account = guest.Id });
                return who.StartsWith("old", StringComparison.Ordinal) ? owner : guest;
            case "owner's token without the scope":
                return await owner.WithTokenAsync("read", "write");
            case "owner's token with the scope":
                return await owner.WithTokenAsync("read", "write", "install");
            default:
                throw new ArgumentOutOfRangeException(nameof(who), who, null);
        }
    }

    // What publishes ran with.
    private static Task<List<string?>> PublishStatesAsync(WorkspaceServer server) =>
        server.WithContextAsync(async context =>
            (
                await context
                    .Builds.Where(build => build.Kind == BuildKind.Publish)
                    .Select(build => build.ResultJson)
                    .ToListAsync(TestContext.Current.CancellationToken)
            ).ConvertAll(json =>
                JsonDocument
                    .Parse(json)
                    .RootElement.GetProperty("compile")
                    .GetProperty("environment")
                    .GetProperty("state")
                    .GetString()
            )
        );
}
