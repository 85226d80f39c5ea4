using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace;

public sealed class ConcurrencyTests
{
    private const int Writers = 50;

    public static TheoryData<DatabaseProvider> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fifty_writers_of_one_file_lose_nothing_that_was_acknowledged(DatabaseProvider provider)
    {
        await using var server = await WorkspaceServer.StartAsync(await Databases.NewAsync(provider));
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        (await ada.WriteAsync(project, "list.md", "", ifMatch: null)).ShouldBe();

        var conflicts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(AddLineAsync));

        var lines = (await ada.ReadAsync(project, "list.md")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldBe(Enumerable.Range(0, Writers).Select(n => $"line {n}"), ignoreOrder: true);
        conflicts.Sum().ShouldBePositive("else they did not write at the same time");
        var versions = await server.WithContextAsync(context =>
            context.ProjectVersions.Where(v => v.ProjectId == project).Select(v => v.Number).ToListAsync()
        );
        versions.ShouldBe(Enumerable.Range(1, Writers + 2), ignoreOrder: true);

        // Reads, adds a line, and writes that if nobody wrote meanwhile; else all over again.
        async Task<int> AddLineAsync(int number)
        {
            for (var refused = 0; ; refused++)
            {
                var read = await ada.SendAsync(HttpMethod.Get, $"/api/projects/{project}/files/list.md");
                var tag = read.ShouldBe().Headers["ETag"].Single().Trim('"');
                var written = await ada.WriteAsync(project, "list.md", $"{read.Text}line {number}\n", tag);
                if (written.Status == HttpStatusCode.OK)
                    return refused;
                written.ShouldBe(HttpStatusCode.PreconditionFailed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_version_that_is_thinned_meanwhile_is_restored_whole_or_not_at_all(DatabaseProvider provider)
    {
        const int Versions = 20;
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
        var project = await ada.CreateProjectAsync();
        var versions = $"/api/projects/{project}/versions";
        var written = new Dictionary<int, string>();
        for (var number = 2; number <= Versions; number++)
        {
            (await ada.WriteAsync(project, $"{number % 3}.md", $"text {number}")).ShouldBe();
            written[number] = (await ada.SendAsync(HttpMethod.Get, $"{versions}/{number}/files")).ShouldBe().Text;
        }
        clock.Advance(TimeSpan.FromDays(40));
        await ada.SignInAsync("ada", WorkspaceServer.Password);

        var restoring = Task.WhenAll(
            written.Keys.Select(async number =>
                (number, await ada.SendAsync(HttpMethod.Post, $"{versions}/{number}/restore"))
            )
        );
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(TestContext.Current.CancellationToken);

        foreach (var (number, answer) in await restoring)
        {
            if (answer.Status == HttpStatusCode.NotFound)
                continue;
            var restored = answer.ShouldBe().Json.GetProperty("version").GetInt32();
            (await ada.SendAsync(HttpMethod.Get, $"{versions}/{restored}/files"))
                .ShouldBe()
                .Text.ShouldBe(written[number]);
            foreach (var file in (await ada.GetAsync($"{versions}/{restored}/files")).EnumerateArray())
                (
                    await ada.SendAsync(
                        HttpMethod.Get,
                        $"{versions}/{restored}/files/{file.GetProperty("path").GetString()}"
                    )
                ).ShouldBe();
        }
        (await ada.GetAsync(versions))
            .EnumerateArray()
            .Select(version => version.GetProperty("number").GetInt32())
            .ShouldContain(Versions, "the last of its day");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Collecting_blobs_meanwhile_removes_none_that_is_referred_to(DatabaseProvider provider)
    {
        var database = await Databases.NewAsync(provider);
        await using var server = await WorkspaceServer.StartAsync(settings =>
        {
            settings = database(settings);
            return settings with { Storage = settings.Storage with { BlobGrace = TimeSpan.Zero } };
        });
        using var ada = await server.SignInAsync("ada");
        var doomed = await ada.CreateProjectAsync("Doomed");
        var kept = await ada.CreateProjectAsync("Kept");
        var collection = server.Services.GetRequiredService<BlobCollection>();
        var removed = 0;
        for (var round = 0; round < 5; round++)
        {
            var texts = Enumerable.Range(0, 20).Select(n => $"text {round} {n}").ToList();
            foreach (var text in texts)
                (await ada.WriteAsync(doomed, $"{text}.md", text)).ShouldBe();
            await server.WithContextAsync(context =>
                context.ProjectFiles.Where(file => file.ProjectId == doomed).ExecuteDeleteAsync()
            );

            // The same contents are written again while they are being removed.
            var writing = Task.WhenAll(texts.Select(text => ada.WriteAsync(kept, $"{text}.md", text)));
            removed += await collection.CollectAsync(TestContext.Current.CancellationToken);
            foreach (var written in await writing)
                written.ShouldBe();
            removed += await collection.CollectAsync(TestContext.Current.CancellationToken);
            foreach (var text in texts)
                (await ada.ReadAsync(kept, $"{text}.md")).ShouldBe(text);
        }

        (await ada.WriteAsync(doomed, "last.md", "nobody keeps this")).ShouldBe();
        await server.WithContextAsync(context =>
            context.ProjectFiles.Where(file => file.ProjectId == doomed).ExecuteDeleteAsync()
        );
        (removed + await collection.CollectAsync(TestContext.Current.CancellationToken)).ShouldBePositive();
    }
}
