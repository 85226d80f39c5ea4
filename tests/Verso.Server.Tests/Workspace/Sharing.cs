using System.Net;
using System.Text.Json;

namespace Verso.Server.Tests.Workspace;

/// <summary>How people come into each other's projects, as the pages do it.</summary>
internal static class Sharing
{
    public static async Task InviteAsync(this Person owner, string project, Person guest, string role) =>
        (
            await owner.SendAsync(
                HttpMethod.Post,
                $"/api/projects/{project}/invitations",
                new { addressee = guest.Name, role }
            )
        ).ShouldBe();

    public static async Task AcceptAsync(this Person guest)
    {
        foreach (var invitation in (await guest.GetAsync("/api/invitations")).EnumerateArray().ToList())
            (
                await guest.SendAsync(
                    HttpMethod.Post,
                    $"/api/invitations/{invitation.GetProperty("id").GetString()}/accept"
                )
            ).ShouldBe();
    }

    public static async Task TakeInAsync(this Person owner, string project, Person guest, string role)
    {
        await owner.InviteAsync(project, guest, role);
        await guest.AcceptAsync();
    }

    /// <param name="kind"><c>view</c> or <c>edit</c>.</param>
    /// <returns>The link's token.</returns>
    public static async Task<string> LinkAsync(this Person owner, string project, string kind) =>
        (await owner.SendAsync(HttpMethod.Put, $"/api/projects/{project}/links/{kind}"))
            .ShouldBe()
            .Json.GetProperty("token")
            .GetString()!;

    public static async Task OpenLinkAsync(this Person guest, string token) =>
        (await guest.SendAsync(HttpMethod.Post, "/api/links/open", new { token })).ShouldBe();

    public static async Task RemoveAsync(this Person owner, string project, Person member) =>
        (await owner.SendAsync(HttpMethod.Delete, $"/api/projects/{project}/members/{member.Id}")).ShouldBe(
            HttpStatusCode.NoContent
        );

    public static async Task<JsonElement> CompileAsync(this Person person, string project, object? wish = null) =>
        (await person.SendAsync(HttpMethod.Post, $"/api/projects/{project}/compile", wish)).ShouldBe().Json;

    public static string Status(this JsonElement build) => build.GetProperty("status").GetString()!;

    /// <summary>Where a file of the build is served as content.</summary>
    public static string Url(this JsonElement build, string path) =>
        build
            .GetProperty("files")
            .EnumerateArray()
            .Single(file => file.GetProperty("path").GetString() == path)
            .GetProperty("url")
            .GetString()!;
}
