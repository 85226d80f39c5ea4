using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Settings;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.Access;

/// <summary>Every endpoint, asked by every kind of caller; whoever may change something, in a project of its own.</summary>
public sealed class AccessMatrixTests
{
    [Fact]
    public async Task Every_endpoint_is_in_the_table()
    {
        await using var server = await WorkspaceServer.StartAsync();
        var endpoints = server
            .Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(method =>
                        $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').TrimEnd('/')}"
                    )
            )
            .ToList();

        endpoints.ShouldBe(AccessTable.Rows.Select(row => row.Endpoint), ignoreOrder: true);
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_no_fault_of_the_server()
    {
        await using var server = await WorkspaceServer.StartAsync();
        using var nobody = server.Anonymous();

        foreach (var path in new[] { "/status", "/content/x/y", "/api/session" })
            (await nobody.SendAsync(HttpMethod.Patch, path)).ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_caller_gets_what_the_table_says(DatabaseProvider provider)
    {
        var database = await Databases.NewAsync(provider);
        await using var server = await StartAsync(database);
        var callers = new Dictionary<string, KindOfCaller>();
        Person? owner = null;
        foreach (var name in AccessTable.Callers)
            callers[name] = await PrepareAsync(server, name, person => owner = person);
        var ids = callers.Values.Where(caller => caller.Id is not null).ToDictionary(c => c.Name, c => c.Id!);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        client.BaseAddress = server.Address;

        var wrong = new List<string>();
        var asked = 0;
        Scene? scene = null;
        var isSpent = false;
        foreach (var row in AccessTable.Rows)
        foreach (var (name, expected) in row.Expected)
        {
            var deleted = row.Path.EndsWith("/undelete", StringComparison.Ordinal);
            // Reading leaves a scene as it is.
            if (scene is null || row.Method != "GET" || isSpent)
                scene = await Scene.CreateAsync(server, owner!, ids, deleted);
            isSpent = row.Method != "GET";
            using var request = Request(row, scene, callers[name]);
            asked++;
            try
            {
                using var answer = await client.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead, // events have no end
                    TestContext.Current.CancellationToken
                );
                if ((int)answer.StatusCode != expected)
                    wrong.Add($"{row.Endpoint} by {name}: {(int)answer.StatusCode}, not {expected}");
            }
            catch (HttpRequestException e)
            {
                wrong.Add($"{row.Endpoint} by {name}: {e.Message}");
            }
        }

        wrong.ShouldBeEmpty();
        asked.ShouldBe(AccessTable.Rows.Count() * 12);
        TestContext.Current.SendDiagnosticMessage("{0} requests", asked);
        owner!.Dispose();
    }

    private static Task<WorkspaceServer> StartAsync(Func<ServerSettings, ServerSettings> database) =>
        WorkspaceServer.StartAsync(
            settings =>
                database(settings) with
                {
                    Sharing = new SharingOptions { AnonymousReadAndWrite = true },
                    Environments = settings.Environments with { Enabled = false },
                    Projects = settings.Projects with { MaxPerOwner = int.MaxValue },
                },
            builder => builder.Services.AddSingleton<ICompileService, StandInCompiles>()
        );

    private static async Task<KindOfCaller> PrepareAsync(WorkspaceServer server, string name, Action<Person> owner)
    {
        if (name.StartsWith("anonymous", StringComparison.Ordinal))
            return new KindOfCaller(name, null, null, null);
        var person = await server.SignInAsync(name, administrator: name == "administrator");
        if (name == "owner")
            owner(person);
        var cookie = person.Cookie;
        if (name == "signed-out")
        {
            (await person.SendAsync(HttpMethod.Delete, "/api/session")).ShouldBe(HttpStatusCode.NoContent);
            cookie = person.Cookie;
        }
        return new KindOfCaller(name, cookie, person.Antiforgery, person.Id);
    }

    private static HttpRequestMessage Request(AccessTable.Row row, Scene scene, KindOfCaller caller)
    {
        var path = scene.Fill(row.Path);
        if (row.Path.EndsWith("/packages", StringComparison.Ordinal))
            path += "?query=nump";
        if (row.Path.EndsWith("/upload", StringComparison.Ordinal))
            path += "?name=Paper";
        var request = new HttpRequestMessage(new HttpMethod(row.Method), path)
        {
            Content = row.Body switch
            {
                "" => null,
                "zip" => new ByteArrayContent(Zip()),
                "text" => new StringContent("changed"),
                var json => new StringContent(scene.Fill(json), Encoding.UTF8, "application/json"),
            },
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (caller.Cookie is not null)
            request.Headers.Add("Cookie", caller.Cookie);
        if (caller.Antiforgery is not null)
            request.Headers.Add("Verso-Antiforgery", caller.Antiforgery);
        if (caller.Name is "anonymous-edit" or "anonymous-view")
            request.Headers.Add(
                Server.Accounts.Caller.LinkHeader,
                caller.Name == "anonymous-edit" ? scene.EditLink : scene.ViewLink
            );
        return request;
    }

    private static byte[] Zip()
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var entry = new StreamWriter(zip.CreateEntry("notes.md").Open()))
            entry.Write("notes");
        return bytes.ToArray();
    }
}
