using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verso.Server.Projects;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Tests.Workspace;

/// <summary>What stands in the way of removing a content, and what comes of it.</summary>
public sealed class BlobCollectionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_something_has_just_come_to_refer_to_is_passed_over_and_the_rest_goes(
        DatabaseProvider provider
    )
    {
        await using var server = await StartAsync(provider);
        using var ada = await server.SignInAsync("ada");
        var project = await ada.CreateProjectAsync();
        var (wanted, unwanted) = (await PutAsync(server, "wanted"), await PutAsync(server, "unwanted"));
        var blobs = server.Services.GetRequiredService<BlobStore>();
        Task<int> collecting;
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<WorkspaceContext>();
            await using var transaction = await context.Database.BeginTransactionAsync(Cancelled);
            context.Add(
                new ProjectFile
                {
                    ProjectId = project,
                    Path = "late.md",
                    Since = 1,
                    BlobHash = wanted,
                    Size = 6,
                    IsText = true,
                }
            );
            await context.SaveChangesAsync(Cancelled);

            collecting = Task.Run(
                () => server.Services.GetRequiredService<BlobCollection>().CollectAsync(Cancelled),
                Cancelled
            );
            if (provider == DatabaseProvider.PostgreSql)
                await Eventually.IsTrueAsync(
                    () =>
                        context
                            .Database.SqlQuery<int>(
                                $"""SELECT COUNT(*)::int AS "Value" FROM pg_locks WHERE NOT granted"""
                            )
                            .Single() > 0,
                    "removing it waits for whoever refers to it",
                    Cancelled
                );
            await transaction.CommitAsync(Cancelled);
        }

        (await collecting).ShouldBe(1);
        blobs.Has(wanted).ShouldBeTrue();
        blobs.Has(unwanted).ShouldBeFalse();
        (await ada.ReadAsync(project, "late.md")).ShouldBe("wanted");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Any_other_fault_is_told_and_the_content_stays(DatabaseProvider provider)
    {
        var lines = new LogLines();
        await using var server = await StartAsync(provider, lines);
        var hash = await PutAsync(server, "unwanted");
        await server.WithContextAsync(context => context.Database.ExecuteSqlRawAsync(RefusedBy(provider)));
        var collection = server.Services.GetRequiredService<BlobCollection>();

        (await Should.ThrowAsync<DbException>(() => collection.CollectAsync(Cancelled))).Message.ShouldContain(
            "no more of this"
        );
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(Cancelled);

        lines.Said.ShouldContain("Removing contents that nothing refers to failed; it is tried again in an hour");
        server.Services.GetRequiredService<BlobStore>().Has(hash).ShouldBeTrue();
        (await server.WithContextAsync(context => context.Blobs.CountAsync(blob => blob.Hash == hash))).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_conflict_of_foreign_keys_is_told_from_others(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        using var ada = await server.SignInAsync("ada");
        await ada.CreateProjectAsync();

        (await FaultOfAsync("""DELETE FROM "Blobs" """)).ShouldSatisfyAllConditions(fault =>
            ForeignKeyConflict.Is(fault).ShouldBeTrue(fault.Message)
        );
        foreach (
            var statement in (string[])
                [
                    """INSERT INTO "Blobs" ("Hash", "Size", "PutAt") SELECT "Hash", 0, 0 FROM "Blobs" """,
                    """INSERT INTO "Blobs" ("Hash", "Size", "PutAt") VALUES ('x', NULL, 0)""",
                    """DELETE FROM "Nothing" """,
                ]
        )
            ForeignKeyConflict.Is(await FaultOfAsync(statement)).ShouldBeFalse(statement);

        Task<DbException> FaultOfAsync(string statement) =>
            Should.ThrowAsync<DbException>(() =>
                server.WithContextAsync(context => context.Database.ExecuteSqlRawAsync(statement))
            );
    }

    private static async Task<WorkspaceServer> StartAsync(DatabaseProvider provider, LogLines? lines = null)
    {
        var database = await Databases.NewAsync(provider);
        return await WorkspaceServer.StartAsync(
            settings =>
            {
                settings = database(settings);
                return settings with { Storage = settings.Storage with { BlobGrace = TimeSpan.Zero } };
            },
            builder =>
            {
                if (lines is not null)
                    builder.Services.AddSingleton<ILoggerProvider>(lines);
            }
        );
    }

    /// <returns>The hash of a content that nothing refers to.</returns>
    private static async Task<string> PutAsync(WorkspaceServer server, string text)
    {
        var blobs = server.Services.GetRequiredService<BlobStore>();
        using var staged = await blobs.StageAsync(System.Text.Encoding.UTF8.GetBytes(text), Cancelled);
        return await server.WithContextAsync(async context =>
        {
            await blobs.PutAsync(context, [staged], Cancelled);
            return staged.Hash;
        });
    }

    private static string RefusedBy(DatabaseProvider provider) =>
        provider == DatabaseProvider.Sqlite
            ? """
                CREATE TRIGGER refuse BEFORE DELETE ON "Blobs" BEGIN SELECT RAISE(ABORT, 'no more of this'); END
                """
            : """
                CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no more of this'; END $$ LANGUAGE plpgsql;
                CREATE TRIGGER refuse BEFORE DELETE ON "Blobs" FOR EACH ROW EXECUTE FUNCTION refuse()
                """;
}
