using System.Collections.Concurrent;
using System.Net;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace;

public sealed class KilledServerTests
{
    private const int Rounds = 3;
    private const int Writers = 8;
    private const int AcknowledgedBeforeKill = 300;

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
                    var text = $"round {round}, writer {writer}, text {number}";
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
        (await reader.GetAsync($"/api/projects/{project}"))
            .GetProperty("version")
            .GetInt32()
            .ShouldBeGreaterThan(Rounds * AcknowledgedBeforeKill);
    }

    private static async Task<Person> SignInAsync(HostProcess host)
    {
        var line = await host.ReadAsync("at ", TestContext.Current.CancellationToken);
        var person = new Person(new Uri(line[3..]));
        await person.SignInAsync("ada", WorkspaceServer.Password);
        return person;
    }
}
