using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Projects;
using Verso.Server.Storage;

namespace Verso.Server.Tests.Workspace.History;

/// <summary>What becomes of a project's versions as they grow old.</summary>
public sealed class HistoryTests
{
    private const int Histories = 2;
    private const int VersionsEach = 40;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_random_histories_every_version_that_stays_is_what_it_was(DatabaseProvider provider)
    {
        var (database, clock) = (await Databases.NewAsync(provider), new Clock());
        await using var server = await WorkspaceServer.StartAsync(
            settings =>
            {
                settings = database(settings);
                return settings with { Storage = settings.Storage with { BlobGrace = TimeSpan.Zero } };
            },
            builder => builder.Services.AddSingleton<TimeProvider>(clock)
        );
        using var ada = await server.SignInAsync("ada");
        var histories = new List<RandomHistory>();
        for (var seed = 1; seed <= Histories; seed++)
            histories.Add(await RandomHistory.BeginAsync(ada, clock, seed));
        foreach (var history in histories)
            await history.WorkAsync(server, clock, ada.Id, VersionsEach);

        foreach (var days in (int[])[0, 200])
        {
            clock.Advance(TimeSpan.FromDays(days));
            await ada.SignInAsync("ada", WorkspaceServer.Password); // a cookie's time passes meanwhile
            await server.Services.GetRequiredService<Housekeeping>().RunAsync(TestContext.Current.CancellationToken);

            foreach (var history in histories)
                await CheckAsync(ada, history, clock.GetUtcNow());
            histories
                .Sum(history => history.Kept(clock.GetUtcNow()).Count)
                .ShouldBeInRange(Histories * 5, Histories * (VersionsEach - 5), "else nothing was to be seen");
            Contents(server).ShouldBe(Wanted(histories, clock.GetUtcNow()), ignoreOrder: true);
        }

        foreach (var history in histories)
        {
            var (files, number) = ($"/api/projects/{history.Project}/files", history.Kept(clock.GetUtcNow()).First());
            (
                await ada.SendAsync(HttpMethod.Post, $"/api/projects/{history.Project}/versions/{number}/restore")
            ).ShouldBe();
            foreach (var (path, content) in history.Versions[number].Files)
                (await ada.SendAsync(HttpMethod.Get, $"{files}/{path}")).ShouldBe().Body.ShouldBe(content);
            (await ada.GetAsync(files)).GetArrayLength().ShouldBe(history.Versions[number].Files.Count);
        }
    }

    private static async Task CheckAsync(Person reader, RandomHistory history, DateTimeOffset now)
    {
        var (versions, kept) = ($"/api/projects/{history.Project}/versions", history.Kept(now));
        (await reader.GetAsync(versions))
            .EnumerateArray()
            .Select(version => version.GetProperty("number").GetInt32())
            .ShouldBe(kept.Reverse());
        foreach (var (number, version) in history.Versions)
        {
            var listed = await reader.SendAsync(HttpMethod.Get, $"{versions}/{number}/files");
            if (!kept.Contains(number))
            {
                listed.ShouldBe(HttpStatusCode.NotFound).Problem.ShouldBe("There is no such version (any more).");
                var restored = await reader.SendAsync(HttpMethod.Post, $"{versions}/{number}/restore");
                restored.ShouldBe(HttpStatusCode.NotFound);
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

    private static IEnumerable<string> Wanted(IEnumerable<RandomHistory> histories, DateTimeOffset now) =>
        histories
            .SelectMany(history => history.Kept(now).SelectMany(number => history.Versions[number].Files.Values))
            .Select(content => Convert.ToHexStringLower(SHA256.HashData(content)))
            .Distinct();

    private static IEnumerable<string> Contents(WorkspaceServer server) =>
        Directory
            .EnumerateFiles(server.Combine("workspace", "blobs", "v1"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path));
}
