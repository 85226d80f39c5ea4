using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verso.Environments.Eviction;
using Verso.Environments.Store;

namespace Verso.Server.Tests.Compiling;

/// <summary>The store of environments, while a server uses it.</summary>
[NeedsSandbox]
public sealed class StoreEvictionTests
{
    private static readonly WaterMark Nothing = new();

    [Fact]
    public async Task A_store_past_its_marks_shrinks_while_the_server_runs_and_what_is_in_use_stays()
    {
        using var wheels = new TemporaryDirectory();
        foreach (var name in (string[])["idle", "used"])
            new TestWheel(name, "1.0").WriteTo(wheels.Path);
        await using var index = await TestIndex.StartAsync(wheels.Path);
        var (time, lines) = (new ManualTime(DateTimeOffset.UtcNow.AddMinutes(1)), new LogLines());
        await using var server = await TestServer.StartAsync(
            settings =>
                settings with
                {
                    PackageIndex = settings.PackageIndex with { Upstream = index.Url.ToString() },
                    Environments = settings.Environments with
                    {
                        Eviction = new EvictionOptions { High = Nothing, Low = Nothing },
                    },
                },
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSingleton<ILoggerProvider>(lines);
            }
        );
        var store = server.Services.GetRequiredService<EnvironmentStore>();
        string idle;
        using (var lease = await LeaseAsync("idle"))
            idle = lease.Environment.Key;
        using var used = await LeaseAsync("used");
        store.List().Count.ShouldBe(2, "the pass at the start found nothing");

        time.Advance(TimeSpan.FromHours(1));
        await Eventually.IsTrueAsync(
            () =>
                lines.Said.Any(line =>
                    line.StartsWith("Removed from the store: 1 environments", StringComparison.Ordinal)
                ),
            "the next pass has said what it removed",
            TestContext.Current.CancellationToken
        );

        store.List().Single().Environment.Key.ShouldBe(used.Environment.Key);
        lines.Said.ShouldContain(line =>
            line.StartsWith($"The environment {idle} was removed", StringComparison.Ordinal)
        );
        lines.Said.ShouldNotContain(line => line.Contains(used.Environment.Key));

        async Task<EnvironmentOutcome.Leased> LeaseAsync(string name)
        {
            var project = server.Combine("projects", name);
            Directory.CreateDirectory(project);
            await File.WriteAllTextAsync(Path.Combine(project, "requirements.vrf"), name);
            return (
                await store.AcquireAsync(
                    new EnvironmentRequest(project, AllowInstall: true),
                    progress: null,
                    TestContext.Current.CancellationToken
                )
            ).ShouldBeOfType<EnvironmentOutcome.Leased>();
        }
    }
}
