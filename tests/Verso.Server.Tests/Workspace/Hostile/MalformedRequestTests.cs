using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Storage;
using Verso.Server.Tests.Workspace.Access;

namespace Verso.Server.Tests.Workspace.Hostile;

/// <summary>Requests that make no sense, to every endpoint: refused with a sentence, and never a fault of the server's.</summary>
public sealed class MalformedRequestTests
{
    public static TheoryData<DatabaseProvider> All => Databases.All;

    private static readonly JsonNode?[] Nonsense =
    [
        null,
        7,
        1e300,
        "",
        "a\0b",
        new string('x', 5000),
        new JsonArray(),
        new JsonArray((JsonNode?)null),
        new JsonObject(),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_stands_in_a_body_is_the_askers_fault(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        using var owner = await server.SignInAsync("owner", administrator: true);
        var wrong = new List<string>();
        foreach (var row in AccessTable.Rows.Where(row => row.Body.StartsWith('{')))
        {
            var scene = await SceneAsync(server, owner);
            foreach (var name in JsonNode.Parse(row.Body)!.AsObject().Select(property => property.Key))
            foreach (var nonsense in Nonsense)
            {
                var body = JsonNode.Parse(scene.Fill(row.Body))!.AsObject();
                body[name] = nonsense?.DeepClone();
                await TryAsync(owner, row, scene, body.ToJsonString(), wrong);
            }
            foreach (var body in (string[])["", "null", "[]", "{", "{}", "\"\\ud800\"", "\xff"])
                await TryAsync(owner, row, scene, body, wrong);
            var lone = $$"""{"{{JsonNode.Parse(row.Body)!.AsObject().First().Key}}":"\ud800"}""";
            await TryAsync(owner, row, scene, lone, wrong);
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_stands_in_an_address_is_the_askers_fault(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        using var owner = await server.SignInAsync("owner", administrator: true);
        var wrong = new List<string>();
        foreach (var row in AccessTable.Rows.Where(row => row.Path.Contains('{')))
        foreach (var part in (string[])["%FF", "%ED%A0%80", "a%0Ab", "..%2F..", "%2520", new string('y', 3000)])
        {
            var scene = await SceneAsync(server, owner);
            var at = row.Path.LastIndexOf('{');
            var path = scene.Fill(row.Path[..at]) + part + scene.Fill(row.Path[(row.Path.IndexOf('}', at) + 1)..]);
            await TryAsync(owner, row with { Path = path }, scene, scene.Fill(row.Body), wrong);
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_method_or_kind_of_content_is_refused_as_such()
    {
        await using var server = await StartAsync(DatabaseProvider.Sqlite);
        using var owner = await server.SignInAsync("owner");
        var project = await owner.CreateProjectAsync();

        foreach (var method in (string[])["PUT", "HEAD", "OPTIONS", "TRACE", "GUESS"])
            (await owner.SendAsync(new HttpMethod(method), "/api/projects")).ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await server.Anonymous().SendAsync(HttpMethod.Put, $"/api/projects/{project}/copy")).ShouldBe(
            HttpStatusCode.MethodNotAllowed
        );
        (
            await owner.SendAsync(
                HttpMethod.Post,
                "/api/projects",
                new StringContent("""{"name":"x"}""", Encoding.UTF8, "text/plain")
            )
        ).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        // Where the antiforgery token is looked for in forms, reading a broken one fails.
        var form = new StringContent("--x\r\nContent-Disposition: garbage", Encoding.UTF8);
        form.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        owner.Client.DefaultRequestHeaders.Remove("Verso-Antiforgery");
        (await owner.SendAsync(HttpMethod.Put, $"/api/projects/{project}/files/a.md", form)).ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    private static async Task TryAsync(Person owner, AccessTable.Row row, Scene scene, string body, List<string> wrong)
    {
        using var answer = await owner.Client.SendAsync(
            new HttpRequestMessage(new HttpMethod(row.Method), scene.Fill(row.Path))
            {
                Content = row.Body switch
                {
                    "" => null,
                    "zip" or "text" => new StringContent(body),
                    _ => new StringContent(body, Encoding.UTF8, "application/json"),
                },
            },
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        if ((int)answer.StatusCode >= 500)
            wrong.Add($"{(int)answer.StatusCode} {row.Endpoint}: {(body.Length > 100 ? body[..100] : body)}");
    }

    private static Task<Scene> SceneAsync(WorkspaceServer server, Person owner) =>
        Scene.CreateAsync(
            server,
            owner,
            new[] { "editor", "reviewer", "viewer", "link-editor", "link-viewer" }.ToDictionary(
                name => name,
                _ => server.SignInLessAsync().Result.Id
            ),
            deleted: false
        );

    private static async Task<WorkspaceServer> StartAsync(DatabaseProvider provider)
    {
        var database = await Databases.NewAsync(provider);
        return await WorkspaceServer.StartAsync(
            settings =>
                database(settings) with
                {
                    Accounts = settings.Accounts with { OpenRegistration = true },
                    Environments = settings.Environments with { Enabled = false },
                },
            builder => builder.Services.AddSingleton<ICompileService, StandInCompiles>()
        );
    }
}
