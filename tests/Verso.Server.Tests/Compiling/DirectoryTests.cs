using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Compiling;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Queue;
using Verso.Server.Compiling.Running;
using Verso.Server.Settings;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>What is kept on disk, and for how long.</summary>
[NeedsSandbox]
public sealed class DirectoryTests
{
    private readonly FullDisk _disk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_nobody_uses_is_removed_after_a_day()
    {
        await using var server = await StartAsync();
        foreach (var (project, hours) in new[] { ("old", 25), ("recent", 23) })
        {
            (await server.CompileAsync(project, "# Words")).ShouldBe("success");
            UsedBefore(server, project, TimeSpan.FromHours(hours));
        }

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(server.TargetFolder("old")).ShouldBeFalse();
        Directory.Exists(server.TargetFolder("recent")).ShouldBeTrue();
        server.Unfinished.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_runs_short_is_relieved_of_what_was_used_least_recently()
    {
        await using var server = await StartAsync();
        foreach (var (project, hours) in new[] { ("first", 3), ("second", 2), ("third", 1) })
        {
            (await server.CompileAsync(project, "# Words")).ShouldBe("success");
            UsedBefore(server, project, TimeSpan.FromHours(hours));
        }
        _disk.Free = () => Directory.Exists(server.TargetFolder("second")) ? 9 : 11;

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(server.TargetFolder("first")).ShouldBeFalse();
        Directory.Exists(server.TargetFolder("second")).ShouldBeFalse();
        Directory.Exists(server.TargetFolder("third")).ShouldBeTrue();
    }

    [Fact]
    public async Task Downloads_and_folders_go_in_the_order_in_which_they_were_used()
    {
        await using var server = await StartAsync();
        foreach (var (project, hours) in new[] { ("first", 4), ("third", 2) })
        {
            (await server.CompileAsync(project, "# Words")).ShouldBe("success");
            UsedBefore(server, project, TimeSpan.FromHours(hours));
        }
        var (second, fourth) = (Download(server, hours: 3), Download(server, hours: 1));
        _disk.Free = () => System.IO.File.Exists(second) ? 9 : 11;

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(server.TargetFolder("first")).ShouldBeFalse();
        System.IO.File.Exists(second).ShouldBeFalse();
        Directory.Exists(server.TargetFolder("third")).ShouldBeTrue();
        System.IO.File.Exists(fourth).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_just_used_stays_however_short_the_disk_runs()
    {
        await using var server = await StartAsync();
        var answer = (await server.CompileAsync("alpha", "# Words")).ShouldBe("success");
        var (wanted, unused) = (Download(server, hours: 0), Download(server, hours: 1));
        _disk.Free = () => 1;

        await Sweeper(server).SweepAsync(Token);

        (await answer.ReadAsync(server, "index.html")).ShouldContain("Words");
        System.IO.File.Exists(wanted).ShouldBeTrue();
        System.IO.File.Exists(unused).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_removed_keeps_nothing_else()
    {
        await using var server = await StartAsync();
        foreach (var (project, hours) in new[] { ("stuck", 2), ("next", 1) })
        {
            (await server.CompileAsync(project, "# Words")).ShouldBe("success");
            UsedBefore(server, project, TimeSpan.FromHours(hours));
        }
        var asked = 0;
        _disk.Free = () => asked++ == 0 ? throw new IOException("The device is gone for a moment.") : 9;

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(server.TargetFolder("stuck")).ShouldBeTrue();
        Directory.Exists(server.TargetFolder("next")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_in_use_is_left_alone()
    {
        await using var server = await StartAsync();
        (await server.CompileAsync("busy", "# Words")).ShouldBe("success");
        UsedBefore(server, "busy", TimeSpan.FromDays(2));
        using var use = server
            .Services.GetRequiredService<RunningCompiles>()
            .TryBegin(CompileTarget.Of("busy", User).Name);

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(server.TargetFolder("busy")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_target_whose_compile_waits_for_its_turn_is_left_alone()
    {
        await using var server = await StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with { Concurrent = 1 },
            }
        );
        (await server.CompileAsync("patient", "# Words")).ShouldBe("success");
        UsedBefore(server, "patient", TimeSpan.FromDays(2));
        var target = CompileTarget.Of("patient", User);
        var queue = server.Services.GetRequiredService<CompileQueues>().Of(target);
        Task<CompileAnswer> waiting;
        using (await queue.EnterAsync(CompileTarget.Of("other", User), _ => { }, Token))
        {
            waiting = server.CompileAsync("patient", "# Words");
            await Eventually.IsTrueAsync(() => queue.Waiting == 1, "it waits for its turn", Token);
            _disk.Free = () => 1;

            await Sweeper(server).SweepAsync(Token);

            server.Has(target).ShouldBeTrue();
        }
        (await waiting).ShouldBe("success");
    }

    [Fact]
    public async Task Builds_are_removed_after_a_while()
    {
        await using var server = await StartAsync();
        var answer = (await server.CompileAsync("alpha", "# Words")).ShouldBe("success");
        var build = Path.Combine(server.TargetFolder("alpha"), "builds", answer.BuildId);
        Directory.SetLastWriteTimeUtc(build, DateTime.UtcNow - TimeSpan.FromMinutes(91));

        await Sweeper(server).SweepAsync(Token);

        Directory.Exists(build).ShouldBeFalse();
    }

    [Fact]
    public async Task A_disk_that_is_all_but_full_is_a_reason_not_to_be_well()
    {
        await using var server = await StartAsync();
        _disk.Free = () => 2.9;

        using var answer = await server.Client.GetAsync("/health_check", Token);

        ((int)answer.StatusCode).ShouldBe(500);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("2.9% free");
    }

    [Fact]
    public async Task A_disk_that_is_gone_is_a_reason_too()
    {
        await using var server = await StartAsync();
        _disk.Free = () => throw new DriveNotFoundException("There is no such drive.");

        using var answer = await server.Client.GetAsync("/health_check", Token);

        ((int)answer.StatusCode).ShouldBe(500);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("no such drive");
    }

    [Fact]
    public async Task What_another_service_left_unfinished_is_cleared_away()
    {
        using var place = new TemporaryDirectory();
        place.Write("v1/staging/unfinished/file", "");

        await using var server = await TestServer.StartAsync(settings =>
            settings with
            {
                Compile = settings.Compile with { Directory = place.Path },
            }
        );

        Directory.EnumerateFileSystemEntries(place.Combine("v1", "staging")).ShouldBeEmpty();
    }

    private Task<TestServer> StartAsync(Func<ServerSettings, ServerSettings>? change = null) =>
        TestServer.StartAsync(change, builder => builder.Services.AddSingleton<FreeSpace>(_disk));

    private static Sweeper Sweeper(TestServer server) => server.Services.GetRequiredService<Sweeper>();

    private static void UsedBefore(TestServer server, string project, TimeSpan age) =>
        System.IO.File.SetLastWriteTimeUtc(
            Path.Combine(server.TargetFolder(project), "state.json"),
            DateTime.UtcNow - age
        );

    private static string Download(TestServer server, int hours)
    {
        var path = server.Combine("compiles", "v1", "resources", $"{hours:x64}");
        System.IO.File.WriteAllText(path, "data");
        System.IO.File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromHours(hours));
        return path;
    }

    private sealed class FullDisk() : FreeSpace(new CompileLayout("/"))
    {
        public Func<double> Free { get; set; } = () => 50;

        public override double Percent() => Free();
    }
}
