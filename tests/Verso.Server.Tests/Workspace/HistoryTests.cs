using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Projects;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace;

/// <summary>What becomes of a project's versions as they grow old.</summary>
public sealed class HistoryTests
{
    private const int Histories = 3;
    private const int Changes = 50;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="Files">All that the version had.</param>
    private sealed record Version(DateTimeOffset At, IReadOnlyDictionary<string, byte[]> Files);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_random_histories_every_version_that_stays_is_what_it_was(DatabaseProvider provider)
    {
        var clock = new Clock();
        var database = await Databases.NewAsync(provider);
        await using var server = await WorkspaceServer.StartAsync(
            settings =>
            {
                settings = database(settings);
                return settings with { Storage = settings.Storage with { BlobGrace = TimeSpan.Zero } };
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock)
        );
        using var ada = await server.SignInAsync("ada");
        var histories = new Dictionary<string, SortedDictionary<int, Version>>();
        for (var seed = 1; seed <= Histories; seed++)
        {
            var project = await ada.CreateProjectAsync();
            var created = new Dictionary<string, byte[]>
            {
                ["index.qmd"] = (await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/files/index.qmd"))
                    .ShouldBe()
                    .Body,
            };
            histories[project] = new() { [1] = new Version(clock.GetUtcNow(), created) };
        }
        var published = new HashSet<(string, int)>();
        foreach (var (seed, (project, history)) in histories.Index())
            await ChangeAsync(server, clock, ada.Id, project, history, published, new Random(seed));
        using var later = new Person(server.Address);
        await later.SignInAsync("ada", WorkspaceServer.Password); // the cookie's time has passed meanwhile

        foreach (var days in (int[])[0, 1, 200])
        {
            clock.Advance(TimeSpan.FromDays(days));
            await later.SignInAsync("ada", WorkspaceServer.Password);
            await server.Services.GetRequiredService<Housekeeping>().RunAsync(Cancelled);

            var all = histories.Sum(pair => pair.Value.Count);
            foreach (var (project, history) in histories)
                await CheckAsync(later, project, history, Kept(project, history, published, clock.GetUtcNow()));
            var kept = histories.Sum(pair => Kept(pair.Key, pair.Value, published, clock.GetUtcNow()).Count);
            kept.ShouldBeInRange(Histories * 5, all - Histories * 5, "else nothing was to be seen");
            Contents(server).ShouldBe(Wanted(histories, published, clock.GetUtcNow()), ignoreOrder: true);
        }

        foreach (var (project, history) in histories)
        {
            var number = Kept(project, history, published, clock.GetUtcNow()).First();
            (await later.SendAsync(HttpMethod.Post, $"/api/projects/{project}/versions/{number}/restore")).ShouldBe();
            foreach (var (path, content) in history[number].Files)
                (await later.SendAsync(HttpMethod.Get, $"/api/projects/{project}/files/{path}"))
                    .ShouldBe()
                    .Body.ShouldBe(content);
            (await later.GetAsync($"/api/projects/{project}/files"))
                .GetArrayLength()
                .ShouldBe(history[number].Files.Count);
        }
    }

    // The rule, as the documentation has it.
    private static SortedSet<int> Kept(
        string project,
        SortedDictionary<int, Version> history,
        HashSet<(string, int)> published,
        DateTimeOffset now
    ) =>
        [
            .. history
                .Where(version =>
                    version.Value.At.UtcDateTime.Date >= now.UtcDateTime.Date.AddDays(-30)
                    || published.Contains((project, version.Key))
                    || !history.Any(other =>
                        other.Key > version.Key && other.Value.At.UtcDateTime.Date == version.Value.At.UtcDateTime.Date
                    )
                )
                .Select(version => version.Key),
        ];

    private static async Task CheckAsync(
        Person reader,
        string project,
        SortedDictionary<int, Version> history,
        SortedSet<int> kept
    )
    {
        var versions = $"/api/projects/{project}/versions";
        (await reader.GetAsync(versions))
            .EnumerateArray()
            .Select(version => version.GetProperty("number").GetInt32())
            .ShouldBe(kept.Reverse());
        foreach (var (number, version) in history)
        {
            var listed = await reader.SendAsync(HttpMethod.Get, $"{versions}/{number}/files");
            if (!kept.Contains(number))
            {
                listed.ShouldBe(HttpStatusCode.NotFound).Problem.ShouldBe("There is no such version (any more).");
                (await reader.SendAsync(HttpMethod.Post, $"{versions}/{number}/restore")).ShouldBe(
                    HttpStatusCode.NotFound
                );
                continue;
            }
            listed
                .ShouldBe()
                .Json.EnumerateArray()
                .Select(file => file.GetProperty("path").GetString()!)
                .ShouldBe(version.Files.Keys, ignoreOrder: true);
            foreach (var (path, content) in version.Files)
                (await reader.SendAsync(HttpMethod.Get, $"{versions}/{number}/files/{path}"))
                    .ShouldBe()
                    .Body.ShouldBe(content);
        }
    }

    private static IEnumerable<string> Wanted(
        Dictionary<string, SortedDictionary<int, Version>> histories,
        HashSet<(string, int)> published,
        DateTimeOffset now
    ) =>
        histories
            .SelectMany(pair => Kept(pair.Key, pair.Value, published, now).Select(number => pair.Value[number]))
            .SelectMany(version => version.Files.Values)
            .Select(content => Convert.ToHexStringLower(SHA256.HashData(content)))
            .Distinct();

    private static IEnumerable<string> Contents(WorkspaceServer server) =>
        Directory
            .EnumerateFiles(server.Combine("workspace", "blobs", "v1"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path));

    /// <summary>Writes, deletes and brings back, some hours or days apart, and publishes now and then.</summary>
    private static async Task ChangeAsync(
        WorkspaceServer server,
        Clock clock,
        string author,
        string project,
        SortedDictionary<int, Version> history,
        HashSet<(string, int)> published,
        Random random
    )
    {
        await using var scope = server.Services.CreateAsyncScope();
        var blobs = scope.ServiceProvider.GetRequiredService<BlobStore>();
        var changes = scope.ServiceProvider.GetRequiredService<ProjectChanges>();
        var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
        var contents = new List<byte[]>();
        while (history.Count < Changes)
        {
            clock.Advance(TimeSpan.FromHours(random.Next(10) == 0 ? random.Next(24, 240) : random.Next(8)));
            var (number, before) = history.Last();
            Dictionary<string, byte[]> after =
                random.Next(12) == 0
                    ? new(history.ElementAt(random.Next(history.Count)).Value.Files)
                    : new(before.Files);
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var path = $"{random.Next(3)}/{random.Next(3)}.bin";
                if (random.Next(4) == 0)
                    after.Remove(path);
                else
                    after[path] = Content();
            }
            var staged = new List<FileChange.Write>();
            foreach (var (path, content) in after.Where(file => before.Files.GetValueOrDefault(file.Key) != file.Value))
                staged.Add(new FileChange.Write(path, await blobs.StageAsync(content, Cancelled)));
            var deleted = before.Files.Keys.Except(after.Keys).Select(path => new FileChange.Delete(path));
            var outcome = await changes.CommitAsync(
                new Caller(author, TokenScopes.All, null, ""),
                project,
                new ChangeSet("Changed", [.. staged, .. deleted]),
                Cancelled
            );
            foreach (var write in staged)
                write.Content.Dispose();
            var committed = outcome.ShouldBeOfType<ChangeOutcome.Committed>().Version;
            if (committed == number)
                continue;
            history[committed] = new Version(clock.GetUtcNow(), after);
            if (random.Next(10) != 0)
                continue;
            published.Add((project, committed));
            context.Add(
                new Build
                {
                    Id = Guid.NewGuid().ToString("N"),
                    ProjectId = project,
                    Kind = BuildKind.Publish,
                    Version = committed,
                    At = clock.GetUtcNow(),
                    ResultJson = "{}",
                }
            );
            await context.SaveChangesAsync(Cancelled);
        }

        // Some are there twice, at one time or at another.
        byte[] Content()
        {
            if (contents.Count > 5 && random.Next(3) == 0)
                return contents[random.Next(contents.Count)];
            var content = new byte[random.Next(3000)];
            random.NextBytes(content);
            contents.Add(content);
            return content;
        }
    }
}
