using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

/// <summary>Kills a server that writes, forgets old versions and collects their contents, all at the same time.</summary>
public sealed class KilledServerTests
{
    private const int Rounds = 3;
    private const int Writers = 8;
    private const int AcknowledgedBeforeKill = 80;

    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Everything_that_was_acknowledged_is_there_after_a_kill(DatabaseProvider provider)
    {
        using var directory = new TemporaryDirectory();
        var connection = provider == DatabaseProvider.Sqlite ? "" : await PostgresServer.NewDatabaseAsync();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var underWay = new ConcurrentDictionary<(string, string), bool>(); // written, or not
        var count = 0;
        string? project = null;
        for (var round = 1; round <= Rounds; round++)
        {
            await using var host = HostProcess.Start("workspace", directory.Path, connection, WorkspaceServer.Password);
            using var ada = await SignInAsync(host);
            project ??= await ada.CreateProjectAsync();
            var enough = new TaskCompletionSource();
            var goal = count + AcknowledgedBeforeKill;
            var writing = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(round, writer)).ToList();
            await enough.Task;
            await host.KillAsync(TestContext.Current.CancellationToken);
            await Task.WhenAll(writing);

            async Task WriteUntilKilledAsync(int round, int writer)
            {
                for (var number = 0; ; number++)
                {
                    var path = $"{writer}/{number % 20}.md"; // new files, and new contents of old ones
                    // Every other text is written again and again, at all paths, and so while it is being removed.
                    var text =
                        number % 2 == 0 ? $"round {round}, writer {writer}, text {number}" : $"text {number % 12}";
                    Answer answer;
                    try
                    {
                        answer = await ada.WriteAsync(project!, path, text);
                    }
                    catch (HttpRequestException)
                    {
                        underWay[(path, text)] = true;
                        return;
                    }
                    answer.ShouldBe(HttpStatusCode.OK);
                    acknowledged[path] = text;
                    if (Interlocked.Increment(ref count) >= goal)
                        enough.TrySetResult();
                }
            }
        }

        await using var last = HostProcess.Start("workspace", directory.Path, connection, WorkspaceServer.Password);
        using var reader = await SignInAsync(last);
        foreach (var (path, text) in acknowledged)
        {
            var read = await reader.ReadAsync(project!, path);
            (read == text || underWay.ContainsKey((path, read))).ShouldBeTrue($"{path}: '{read}', not '{text}'");
        }
        // All that the database knows is there, whoever was answered.
        var files = (await reader.GetAsync($"/api/projects/{project}/files")).EnumerateArray().ToList();
        foreach (var file in files)
            Hash(await reader.ReadAsync(project!, file.GetProperty("path").GetString()!))
                .ShouldBe(file.GetProperty("eTag").GetString());
        Directory
            .EnumerateFiles(Path.Combine(directory.Path, "workspace", "blobs", "v1"), "*", SearchOption.AllDirectories)
            .Count()
            .ShouldBeLessThan(Rounds * AcknowledgedBeforeKill / 2, "nothing was collected");
        (await reader.GetAsync($"/api/projects/{project}"))
            .GetProperty("version")
            .GetInt32()
            .ShouldBeGreaterThan(Rounds * AcknowledgedBeforeKill / 2); // what was there already makes no version
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<Person> SignInAsync(HostProcess host)
    {
        var line = await host.ReadAsync("at ", TestContext.Current.CancellationToken);
        var person = new Person(new Uri(line[3..]));
        await person.SignInAsync("ada", WorkspaceServer.Password);
        return person;
    }
}
