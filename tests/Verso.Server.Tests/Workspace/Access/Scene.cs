using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Builds;
using Verso.Server.Publishing;
using Verso.Server.Sharing;
using Verso.Server.Sharing.Invitations;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace.Access;

/// <summary>A project with one of each kind of member, both links, an invitation, a build that is public: one for each question.</summary>
internal sealed record Scene(
    string Project,
    string EditLink,
    string ViewLink,
    string Account,
    string Invitation,
    string Build,
    string Slug
)
{
    public static async Task<Scene> CreateAsync(
        WorkspaceServer server,
        Person owner,
        IReadOnlyDictionary<string, string> ids,
        bool deleted
    )
    {
        var project = await owner.CreateProjectAsync();
        // A viewer of its own: some endpoints remove the person.
        using var member = await server.SignInLessAsync();
        var now = DateTimeOffset.UnixEpoch;
        var scene = new Scene(
            project,
            Guid.NewGuid().ToString("N"),
            Guid.NewGuid().ToString("N"),
            member.Id,
            Guid.NewGuid().ToString("N")[..24],
            Guid.NewGuid().ToString("N"),
            Guid.NewGuid().ToString("N")
        );
        await using var scope = server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var blobs = scope.ServiceProvider.GetRequiredService<BlobStore>();
        using var page = await blobs.StageAsync("<p>A page"u8.ToArray(), TestContext.Current.CancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync();
        await blobs.PutAsync(context, [page], TestContext.Current.CancellationToken);
        foreach (
            var (name, role) in new[] { ("editor", Role.Editor), ("reviewer", Role.Reviewer), ("viewer", Role.Viewer) }
        )
            context.Add(Member(ids[name], MembershipSource.Invitation, role, null));
        context.Add(Member(member.Id, MembershipSource.Invitation, Role.Viewer, null));
        context.Add(Member(ids["link-editor"], MembershipSource.Link, null, Role.Editor));
        context.Add(Member(ids["link-viewer"], MembershipSource.Link, null, Role.Viewer));
        context.Add(
            new ShareLink
            {
                ProjectId = project,
                Role = Role.Editor,
                Token = scene.EditLink,
                CreatedAt = now,
            }
        );
        context.Add(
            new ShareLink
            {
                ProjectId = project,
                Role = Role.Viewer,
                Token = scene.ViewLink,
                CreatedAt = now,
            }
        );
        context.Add(
            new Invitation
            {
                Id = scene.Invitation,
                ProjectId = project,
                Addressee = "guest@example.org",
                SecretHash = scene.Invitation,
                Role = Role.Viewer,
                InvitedById = owner.Id,
                CreatedAt = now,
                ExpiresAt = DateTimeOffset.MaxValue,
            }
        );
        context.Add(
            new Build
            {
                Id = scene.Build,
                ProjectId = project,
                Kind = BuildKind.Publish,
                Version = 1,
                At = now,
                MainPath = "index.qmd",
                ResultJson = """{"compile":{"status":"success"}}""",
            }
        );
        context.Add(
            new Build
            {
                Id = scene.Build + "c",
                ProjectId = project,
                Kind = BuildKind.Compile,
                Version = 1,
                At = now,
                MainPath = "index.qmd",
                ResultJson = """{"compile":{"status":"success"}}""",
            }
        );
        context.Add(
            new BuildFile
            {
                BuildId = scene.Build,
                Path = "index.qmd",
                BlobHash = page.Hash,
                Size = page.Size,
            }
        );
        context.Add(
            new Publication
            {
                ProjectId = project,
                Slug = scene.Slug,
                BuildId = scene.Build,
                PublishedAt = now,
            }
        );
        if (deleted)
            (await context.Projects.FindAsync(project))!.DeletedAt = now;
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return scene;

        Membership Member(string account, MembershipSource source, Role? role, Role? linkRole) =>
            new()
            {
                ProjectId = project,
                AccountId = account,
                Source = source,
                Role = role,
                LinkRole = linkRole,
                JoinedAt = now,
            };
    }

    public string Fill(string text) =>
        text.Replace("{project}", Project)
            .Replace("{account}", Account)
            .Replace("{invitation}", Invitation)
            .Replace("{build}", Build)
            .Replace("{slug}", Slug)
            .Replace("{link}", ViewLink)
            .Replace("{token}", "none")
            .Replace("{kind}", "view")
            .Replace("{pass}", "guessed")
            .Replace("{number:int}", "1")
            .Replace("{documentName}", "v1")
            .Replace("{**path}", "index.qmd");
}
