using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Tests.Workspace;

/// <summary>
/// The gate, case by case, through compile, export and publish: packages come from the index for exactly the cases that may
/// install. Each case and each way has a package of its own, so that nothing is there already.
/// </summary>
[NeedsSandbox]
public sealed class GateTests : IAsyncLifetime
{
    private static readonly string[] Ways = ["compile", "export", "publish"];

    private readonly TemporaryDirectory _wheels = new();
    private TestIndex _canary = null!;
    private WorkspaceServer _server = null!;
    private Person _owner = null!;
    private readonly ConcurrentQueue<bool> _allowed = [];
    private int _people;
    private int _packages;

    public async ValueTask InitializeAsync()
    {
        _canary = await TestIndex.StartAsync(_wheels.Path);
        _server = await WorkspaceServer.StartAsync(
            settings =>
                settings with
                {
                    PackageIndex = settings.PackageIndex with { Upstream = _canary.Url.ToString() },
                    Sharing = new SharingOptions { AnonymousReadAndWrite = true },
                },
            builder =>
                builder.Services.AddSingleton<ICompileService>(services => new RecordedCompiles(
                    services.GetRequiredService<LocalCompileService>(),
                    _allowed
                ))
        );
        _owner = await _server.SignInAsync("owner");
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
        await _canary.DisposeAsync();
        _wheels.Dispose();
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("invited editor", true)]
    [InlineData("invited reviewer", true)]
    [InlineData("invited viewer", true)]
    [InlineData("joined through an edit link", false)]
    [InlineData("joined through a view link", false)]
    [InlineData("link user later invited", true)]
    [InlineData("link user invited, not accepted", false)]
    [InlineData("invited user opens a share link", true)]
    [InlineData("same person signed out", false)]
    [InlineData("anonymous with an edit link", false)]
    [InlineData("unaccepted invitation", false)]
    [InlineData("revoked invitation", false)]
    [InlineData("removed member", false)]
    [InlineData("removed member who rejoins by link", false)]
    [InlineData("administrator who is no member", false)]
    [InlineData("new owner after a transfer", true)]
    [InlineData("old owner after a transfer", true)]
    [InlineData("registered by themselves, owner", false)]
    [InlineData("registered by themselves, invited", false)]
    [InlineData("allowed by an administrator afterwards", true)]
    [InlineData("token with the scope install", true)]
    [InlineData("token without the scope install", false)]
    public async Task Packages_are_installed_for_whom_the_gate_says(string which, bool mayInstall)
    {
        var project = await _owner.CreateProjectAsync(which);
        using var caller = await PrepareAsync(which, project);
        foreach (var way in Ways)
        {
            _canary.Requests.Clear();
            await NameNewPackageAsync(project, $"{way}{++_packages}");

            // What a caller asks for makes no difference.
            var answer = await caller.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/{way}",
                new { allowPythonInstall = true, retry = true }
            );

            // Whoever is let in has the gate's answer go along, and nobody else's has anything done.
            var isLetIn = answer.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity;
            _allowed.ToArray().ShouldBe(isLetIn ? [mayInstall] : [], $"{which}, {way}: {answer.Text}");
            // The builtin engine makes no presentations, so that it has no use for packages there.
            if (way != "export" || !mayInstall)
                (!_canary.Requests.IsEmpty).ShouldBe(isLetIn && mayInstall, $"{which}, {way}: {answer.Text}");
            if (way == "compile" && mayInstall)
                answer.Json.GetProperty("status").GetString().ShouldBe("success", answer.Text);
            _allowed.Clear();
        }
    }

    private async Task NameNewPackageAsync(string project, string package)
    {
        new TestWheel(package, "1.0").WriteTo(_wheels.Path);
        await _server.WithContextAsync(async context =>
        {
            // Past the front door, so that it does not matter who may write the file in this case.
            var files = context.ProjectFiles.Where(file => file.ProjectId == project);
            context.RemoveRange(files);
            await context.SaveChangesAsync();
            var blobs = _server.Services.GetRequiredService<Verso.Server.Storage.Blobs.BlobStore>();
            foreach (
                var (path, text) in new[]
                {
                    ("requirements.vrf", package + "\n"),
                    ("index.qmd", $"```{{python}}\nimport {package}\n```\n"),
                }
            )
            {
                using var staged = await blobs.StageAsync(System.Text.Encoding.UTF8.GetBytes(text), default);
                await using var transaction = await context.Database.BeginTransactionAsync();
                await blobs.PutAsync(context, [staged], default);
                context.Add(
                    new Verso.Server.Projects.ProjectFile
                    {
                        ProjectId = project,
                        Path = path,
                        Since = 1,
                        BlobHash = staged.Hash,
                        Size = staged.Size,
                        IsText = true,
                    }
                );
                await context.SaveChangesAsync();
                await transaction.CommitAsync();
            }
            return 0;
        });
    }

    private async Task<Person> PrepareAsync(string which, string project)
    {
        if (which == "owner")
            return await NewAsync(project, MembershipSource.Owner);
        var person = await NewAsync(
            project: null,
            trusted: !which.StartsWith("registered", StringComparison.Ordinal)
                && !which.StartsWith("allowed", StringComparison.Ordinal),
            administrator: which.StartsWith("administrator", StringComparison.Ordinal)
        );
        switch (which)
        {
            case "invited editor" or "invited reviewer" or "invited viewer":
                await InviteAsync(person, project, which.Split(' ')[1]);
                break;
            case "joined through an edit link":
                await OpenAsync(person, project, "edit");
                break;
            case "joined through a view link":
                await OpenAsync(person, project, "view");
                break;
            case "link user later invited":
                await OpenAsync(person, project, "edit");
                await InviteAsync(person, project, "viewer");
                break;
            case "link user invited, not accepted":
                await OpenAsync(person, project, "edit");
                await SendInvitationAsync(person, project, "editor");
                break;
            case "invited user opens a share link":
                await InviteAsync(person, project, "viewer");
                await OpenAsync(person, project, "edit");
                break;
            case "same person signed out":
                await InviteAsync(person, project, "editor");
                (await person.SendAsync(HttpMethod.Delete, "/api/session")).ShouldBe(HttpStatusCode.NoContent);
                break;
            case "anonymous with an edit link":
                return _server.Anonymous(await TokenAsync(project, "edit"));
            case "unaccepted invitation":
                await SendInvitationAsync(person, project, "editor");
                break;
            case "revoked invitation":
                var id = await SendInvitationAsync(person, project, "editor");
                (await _owner.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/invitations/{id}")).ShouldBe(
                    HttpStatusCode.NoContent
                );
                (await person.SendAsync(HttpMethod.Post, $"/api/invitations/{id}/accept")).ShouldBe(
                    HttpStatusCode.NotFound
                );
                break;
            case "removed member":
                await InviteAsync(person, project, "editor");
                await RemoveAsync(person, project);
                break;
            case "removed member who rejoins by link":
                await InviteAsync(person, project, "editor");
                await RemoveAsync(person, project);
                await OpenAsync(person, project, "edit");
                break;
            case "new owner after a transfer":
                await OpenAsync(person, project, "edit");
                await TransferAsync(_owner, person, project);
                break;
            case "old owner after a transfer":
                await InviteAsync(person, project, "editor");
                await TransferAsync(_owner, person, project);
                await TransferAsync(person, _owner, project);
                break;
            case "registered by themselves, owner":
                await InviteAsync(person, project, "editor");
                await TransferAsync(_owner, person, project);
                break;
            case "registered by themselves, invited":
                await InviteAsync(person, project, "editor");
                break;
            case "allowed by an administrator afterwards":
                await InviteAsync(person, project, "editor");
                using (var administrator = await NewAsync(null, administrator: true))
                    (
                        await administrator.SendAsync(
                            HttpMethod.Patch,
                            $"/api/admin/accounts/{person.Id}",
                            new { mayInstall = true }
                        )
                    ).ShouldBe();
                break;
            case "token with the scope install":
                await InviteAsync(person, project, "editor");
                return await person.WithTokenAsync("read", "write", "install");
            case "token without the scope install":
                await InviteAsync(person, project, "editor");
                return await person.WithTokenAsync("read", "write");
        }
        return person;
    }

    // The owner of the case is another than the one who prepares it, where that is what is asked.
    private async Task<Person> NewAsync(
        string? project,
        MembershipSource? source = null,
        bool trusted = true,
        bool administrator = false
    )
    {
        var person = await _server.SignInAsync($"person{++_people}", trusted, administrator);
        if (source is MembershipSource.Owner)
        {
            await InviteAsync(person, project!, "editor");
            await TransferAsync(_owner, person, project!);
        }
        return person;
    }

    private async Task<string> SendInvitationAsync(Person person, string project, string role) =>
        (
            await _owner.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/invitations",
                new { addressee = person.Name, role }
            )
        )
            .ShouldBe()
            .Json.GetProperty("invitation")
            .GetProperty("id")
            .GetString()!;

    private async Task InviteAsync(Person person, string project, string role)
    {
        var id = await SendInvitationAsync(person, project, role);
        (await person.SendAsync(HttpMethod.Post, $"/api/invitations/{id}/accept")).ShouldBe();
    }

    private async Task<string> TokenAsync(string project, string kind) =>
        (await _owner.SendAsync(HttpMethod.Put, $"/api/projects/{project}/links/{kind}"))
            .ShouldBe()
            .Json.GetProperty("token")
            .GetString()!;

    private async Task OpenAsync(Person person, string project, string kind) =>
        (
            await person.SendAsync(HttpMethod.Post, "/api/links/open", new { token = await TokenAsync(project, kind) })
        ).ShouldBe();

    private async Task RemoveAsync(Person person, string project) =>
        (await _owner.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/members/{person.Id}")).ShouldBe(
            HttpStatusCode.NoContent
        );

    private static async Task TransferAsync(Person from, Person to, string project) =>
        (await from.SendAsync(HttpMethod.Post, $"/api/projects/{project}/transfer", new { account = to.Id })).ShouldBe(
            HttpStatusCode.NoContent
        );
}
