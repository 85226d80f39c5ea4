using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace.History;

/// <summary>A project that somebody has worked on for weeks, and what each of its versions had.</summary>
internal sealed class RandomHistory(string project, Random random)
{
    private readonly List<byte[]> _contents = [];
    private readonly HashSet<int> _published = [];

    public string Project => project;

    /// <summary>By number.</summary>
    public SortedDictionary<int, Version> Versions { get; } = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="Files">All that it had, by path.</param>
    internal sealed record Version(DateTimeOffset At, IReadOnlyDictionary<string, byte[]> Files);

    /// <summary>A new project, as it was made.</summary>
    public static async Task<RandomHistory> BeginAsync(Person owner, TimeProvider time, int seed)
    {
        var history = new RandomHistory(await owner.CreateProjectAsync(), new Random(seed));
        var first = await owner.SendAsync(HttpMethod.Get, $"/api/projects/{history.Project}/files/index.qmd");
        history.Versions[1] = new Version(
            time.GetUtcNow(),
            new Dictionary<string, byte[]> { ["index.qmd"] = first.ShouldBe().Body }
        );
        return history;
    }

    /// <summary>What stays of it, by the rule as the documentation has it.</summary>
    public SortedSet<int> Kept(DateTimeOffset now) =>
        [
            .. Versions
                .Where(version =>
                    version.Value.At.UtcDateTime.Date >= now.UtcDateTime.Date.AddDays(-30)
                    || _published.Contains(version.Key)
                    || !Versions.Any(other =>
                        other.Key > version.Key && other.Value.At.UtcDateTime.Date == version.Value.At.UtcDateTime.Date
                    )
                )
                .Select(version => version.Key),
        ];

    /// <summary>Writes, deletes and brings back, some hours or days apart, and publishes now and then.</summary>
    public async Task WorkAsync(WorkspaceServer server, Clock clock, string author, int versions)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var blobs = scope.ServiceProvider.GetRequiredService<BlobStore>();
        var changes = scope.ServiceProvider.GetRequiredService<ProjectChanges>();
        while (Versions.Count < versions)
        {
            clock.Advance(TimeSpan.FromHours(random.Next(10) == 0 ? random.Next(24, 240) : random.Next(8)));
            var before = Versions.Last().Value.Files;
            var after = Next(before);
            var written = new List<FileChange.Write>();
            foreach (var (path, content) in after.Where(file => before.GetValueOrDefault(file.Key) != file.Value))
                written.Add(new FileChange.Write(path, await blobs.StageAsync(content, Cancelled)));
            var deleted = before.Keys.Except(after.Keys).Select(path => new FileChange.Delete(path));
            var outcome = await changes.CommitAsync(
                new Caller(author, TokenScopes.All, null, ""),
                project,
                new ChangeSet("Changed", [.. written, .. deleted]),
                Cancelled
            );
            written.ForEach(write => write.Content.Dispose());
            var number = outcome.ShouldBeOfType<ChangeOutcome.Committed>().Version;
            if (!Versions.TryAdd(number, new Version(clock.GetUtcNow(), after)) || random.Next(10) != 0)
                continue;
            _published.Add(number);
            await PublishAsync(scope.ServiceProvider.GetRequiredService<WorkspaceContext>(), number, clock.GetUtcNow());
        }
    }

    private Dictionary<string, byte[]> Next(IReadOnlyDictionary<string, byte[]> before)
    {
        Dictionary<string, byte[]> after =
            random.Next(12) == 0 ? new(Versions.ElementAt(random.Next(Versions.Count)).Value.Files) : new(before);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var path = $"{random.Next(3)}/{random.Next(3)}.bin";
            if (random.Next(4) == 0)
                after.Remove(path);
            else
                after[path] = Content();
        }
        return after;
    }

    // Some are there twice, at one time or at another.
    private byte[] Content()
    {
        if (_contents.Count > 5 && random.Next(3) == 0)
            return _contents[random.Next(_contents.Count)];
        var content = new byte[random.Next(3000)];
        random.NextBytes(content);
        _contents.Add(content);
        return content;
    }

    private async Task PublishAsync(WorkspaceContext context, int version, DateTimeOffset at)
    {
        context.Add(
            new Build
            {
                Id = Guid.NewGuid().ToString("N"),
                ProjectId = project,
                Kind = BuildKind.Publish,
                Version = version,
                At = at,
                ResultJson = "{}",
            }
        );
        await context.SaveChangesAsync(Cancelled);
    }
}
