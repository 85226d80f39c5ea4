using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>A build that cannot succeed says why in a sentence, keeps pip's words, and leaves nothing behind.</summary>
[NeedsSandbox]
public sealed class FailureTests
{
    [Fact]
    public async Task A_package_that_does_not_exist()
    {
        await using var fixture = await StoreFixture.StartAsync();

        await ShouldFailAsync(
            fixture,
            ["pandsa"],
            "'pandsa' was not found in the package index at 127.0.0.1, or only as source code, which is not installed; did you mean 'pandas'?"
        );
    }

    [Fact]
    public async Task A_version_that_does_not_exist()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0"),
            new TestWheel("alpha", "1.5")
        );

        await ShouldFailAsync(fixture, ["alpha>=2,<3"], "No version satisfies 'alpha<3,>=2'; there are: 1.0, 1.5.");
    }

    [Fact]
    public async Task Lines_that_contradict_each_other()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0"),
            new TestWheel("alpha", "2.0"),
            new TestWheel("beta", "1.0") { Requires = ["alpha<2"] }
        );

        await ShouldFailAsync(
            fixture,
            ["alpha>=2", "beta"],
            "No versions satisfy all requirements at once: the project asks for alpha>=2, beta 1.0 needs alpha<2; loosen one of these. "
                + "Of alpha there are: 1.0, 2.0."
        );
    }

    [Fact]
    public async Task An_index_that_does_not_answer()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Index.DisposeAsync();

        await ShouldFailAsync(
            fixture,
            ["alpha"],
            $"The package index at {fixture.Index.Url.Authority} cannot be reached: the connection is refused."
        );
    }

    [Fact]
    public async Task An_index_that_is_broken()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Index.Intercept = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.FromResult(true);
        };

        await ShouldFailAsync(
            fixture,
            ["alpha"],
            $"The package index at {fixture.Index.Url.Authority} cannot be reached: it answered 500 InternalServerError."
        );
    }

    [Fact]
    public async Task A_package_that_is_offered_as_source_code_only()
    {
        await using var fixture = await StoreFixture.StartAsync();
        WriteSource(fixture.Index.Directory, "alpha", "1.0");

        await ShouldFailAsync(
            fixture,
            ["alpha"],
            "'alpha' was not found in the package index at 127.0.0.1, or only as source code, which is not installed; check the spelling."
        );
        fixture.Index.Requests.ShouldNotContain(path => path.EndsWith(".tar.gz"));
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_the_index_names()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var other = new TestWheel("alpha", "1.0") { ExtraMetadata = ["Summary: Another"] }.ToBytes();
        fixture.Index.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith(".whl"))
                return false;
            await context.Response.Body.WriteAsync(other);
            return true;
        };

        await ShouldFailAsync(
            fixture,
            ["alpha"],
            $"alpha-1.0-py3-none-any.whl as {fixture.Index.Url.Authority} gives it is not the file that the package index names (its SHA-256 differs)."
        );
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_resolved_is_resolved_anew()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var project = fixture.Project("alpha");
        var resolved = await fixture.NewStore().ResolveAsync(project);
        new TestWheel("alpha", "1.0") { ExtraMetadata = ["Summary: Another"] }.WriteTo(fixture.Index.Directory);

        using var outcome = await fixture.NewStore().AcquireAsync(project);

        var leased = outcome.ShouldBeLeased();
        leased.Log.ShouldContain("is not to be had; resolving them anew");
        leased.Environment.Record.Packages.ShouldNotBe(resolved.Pins, "another file has another hash");
    }

    [Fact]
    public async Task A_wheel_that_is_no_archive()
    {
        await using var fixture = await StoreFixture.StartAsync();
        File.WriteAllText(Path.Combine(fixture.Index.Directory, new TestWheel("alpha", "1.0").FileName), "no archive");

        await ShouldFailAsync(
            fixture,
            ["alpha"],
            "alpha-1.0-py3-none-any.whl is no sound wheel: there is no METADATA in it that can be read."
        );
    }

    [Fact]
    public async Task A_build_that_takes_too_long()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        _ = new HeldIndex(fixture.Index);
        fixture.SandboxOptions = new() { Build = new() { WallTime = TimeSpan.FromSeconds(5) } };

        await ShouldFailAsync(
            fixture,
            ["alpha===1.0"],
            "Resolving the packages was too much. It took longer than 0:00:05 (Sandbox:Build:WallTime) and was stopped."
        );
    }

    private static async Task ShouldFailAsync(StoreFixture fixture, string[] lines, string message)
    {
        var failed = await fixture.FailAsync(lines);
        failed.Message.ShouldBe(message, failed.Log);
        failed.Reason.ShouldBe(BaseReason.BuildFailed);
        failed.Faults.ShouldBeEmpty();
        failed.Log.Split('\n').Length.ShouldBeGreaterThan(2);
        failed.Log.ShouldContain(message);
        fixture.Leftovers.ShouldBeEmpty();
        fixture.NewStore().List().ShouldBeEmpty();
    }

    private static void WriteSource(string directory, string name, string version)
    {
        using var file = File.Create(Path.Combine(directory, $"{name}-{version}.tar.gz"));
        using var zipped = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(zipped);
        archive.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, $"{name}-{version}/setup.py")
            {
                DataStream = new MemoryStream(
                    Encoding.UTF8.GetBytes($"from setuptools import setup\nsetup(name='{name}', version='{version}')\n")
                ),
            }
        );
    }
}
