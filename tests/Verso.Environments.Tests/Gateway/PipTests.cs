using Verso.Sandboxing;

namespace Verso.Environments.Tests.Gateway;

/// <summary>The real pip, with nothing but the gateway to ask.</summary>
public sealed class PipTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pip_installs_a_dependency_tree_of_wheelhouse_and_upstream()
    {
        using var target = new TemporaryDirectory();
        using var wheels = new TemporaryDirectory();
        using var published = new TemporaryDirectory();
        new TestWheel("acme-report", "1.0") { Requires = ["alpha>=1", "acme_core"] }.WriteTo(wheels.Path);
        new TestWheel("acme-core", "1.0").WriteTo(wheels.Path);
        new TestWheel("acme-core", "99.0").WriteTo(published.Path);
        new TestWheel("alpha", "1.0").WriteTo(published.Path);
        new TestWheel("alpha", "2.0") { Requires = ["beta<2"] }.WriteTo(published.Path);
        new TestWheel("alpha", "3.0") { RequiresPython = ">=99" }.WriteTo(published.Path);
        new TestWheel("beta", "1.5").WriteTo(published.Path);
        new TestWheel("beta", "2.0").WriteTo(published.Path);
        await using var upstream = await TestIndex.StartAsync(published.Path);
        await using var gateway = await TestGateway.StartAsync(
            new PackageIndexOptions { Upstream = upstream.Url.ToString(), Wheelhouses = [wheels.Path] }
        );

        var pip = await PipAsync(gateway, target, "acme.report");

        pip.Succeeded.ShouldBeTrue(pip.Error);
        gateway
            .Served.Select(file => $"{file.Name} {file.Version}")
            .ShouldBe(["acme-report 1.0", "acme-core 1.0", "alpha 2.0", "beta 1.5"], ignoreOrder: true);
        (await File.ReadAllTextAsync(target.Combine("acme_core.py"), Stop)).ShouldContain("\"1.0\"");
        gateway.Build.Remarks.ShouldBeEmpty();
        upstream.Requests.ShouldNotContain(path => path.Contains("acme"));
    }

    [Fact]
    public async Task Pip_reads_the_pages_of_json_and_fetches_each_wheel_once()
    {
        using var target = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        upstream.Add("alpha", "2.0", file => file["yanked"] = true);
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        var pip = await PipAsync(gateway, target, "alpha");

        pip.Succeeded.ShouldBeTrue(pip.Error);
        gateway.Served.ShouldHaveSingleItem().Version.ShouldBe("1.0");
        gateway.Log.Text.Split('\n').ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Pip_does_not_install_a_file_whose_hash_differs()
    {
        using var target = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Add("alpha", "1.0");
        var other = new TestWheel("alpha", "1.0") { Files = { ["evil.py"] = "" } }.ToBytes();
        upstream.Answer(
            "/files/alpha-1.0-py3-none-any.whl",
            context => context.Response.Body.WriteAsync(other).AsTask()
        );
        await using var gateway = await TestGateway.StartAsync(new PackageIndexOptions { Upstream = upstream.Url });

        var pip = await PipAsync(gateway, target, "alpha");

        pip.Succeeded.ShouldBeFalse();
        gateway.Remarks.ShouldContain("its SHA-256 differs");
        Directory.EnumerateFileSystemEntries(target.Path).ShouldBeEmpty();
    }

    private static async Task<ProcessResult> PipAsync(
        TestGateway gateway,
        TemporaryDirectory target,
        string requirement
    )
    {
        await using var relay = new SocketRelay(gateway.Listener.SocketPath);
        string[] arguments =
        [
            .. (string[])["-I", "-m", "pip", "install", "--isolated", "--no-input", "--disable-pip-version-check"],
            .. (string[])["--only-binary=:all:", "--no-cache-dir", "--no-compile", "--retries=0", "--timeout=600"],
            .. (string[])["--index-url", $"http://127.0.0.1:{relay.Port}/{gateway.Build.Token}/simple/"],
            .. (string[])["--target", target.Path, requirement],
        ];
        return await ProcessRunner.RunAsync(
            new ProcessSpec("/usr/bin/python3", arguments)
            {
                Environment = new Dictionary<string, string>
                {
                    ["PATH"] = "/usr/bin:/bin",
                    ["HOME"] = "/nonexistent",
                    ["PIP_CONFIG_FILE"] = "/dev/null",
                },
            },
            Stop
        );
    }
}
