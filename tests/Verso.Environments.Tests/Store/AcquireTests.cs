using Verso.Environments.Store;

namespace Verso.Environments.Tests.Store;

/// <summary>Environments are built once and then handed out.</summary>
[NeedsSandbox]
public sealed class AcquireTests
{
    private static readonly TestWheel Alpha = new("alpha", "1.0");

    [Fact]
    public async Task The_first_builds_and_the_second_reuses_without_asking_the_index()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha);
        using (var first = await fixture.LeaseAsync("alpha"))
        {
            first.Built.ShouldBeTrue();
            first.Environment.PackageNames().ShouldBe(["alpha==1.0"]);
            (await first.Environment.RunPythonAsync("import alpha; print(alpha.__version__)")).ShouldBe("1.0");
        }
        fixture.Index.Requests.ShouldNotBeEmpty();
        fixture.Index.Requests.Clear();

        using var second = await fixture.LeaseAsync("# a note", " Alpha  # the same");

        second.Built.ShouldBeFalse();
        second.Log.ShouldStartWith("Reusing environment ");
        fixture.Index.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Projects_whose_lines_differ_but_resolve_alike_share_an_environment_even_while_it_is_in_use()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha);
        using var first = await fixture.LeaseAsync("alpha");
        fixture.Index.Requests.Clear();

        using var second = await fixture.LeaseAsync("alpha>=0.5");

        second.Built.ShouldBeFalse();
        second.Environment.Key.ShouldBe(first.Environment.Key);
        fixture.Index.Requests.ShouldNotBeEmpty("it had to be resolved");
    }

    [Fact]
    public async Task What_a_package_needs_is_installed_and_told_apart()
    {
        await using var fixture = await StoreFixture.StartAsync(
            Alpha,
            new TestWheel("beta", "2.0") { Requires = ["alpha>=1"] },
            new TestWheel("gamma", "3.0")
            {
                Extras = new Dictionary<string, IReadOnlyList<string>> { ["more"] = ["beta"] },
                ConsoleScripts = new Dictionary<string, string> { ["gamma"] = "gamma:main" },
                Files = new Dictionary<string, string> { ["gamma.py"] = "def main(): print('a script')\n" },
            }
        );

        using var leased = await fixture.LeaseAsync("gamma[more]", "absent-elsewhere ; os_name == 'nt'");

        leased.Environment.PackageNames().ShouldBe(["alpha==1.0", "beta==2.0", "gamma==3.0"]);
        leased.Environment.Record.Packages.Select(pin => pin.Requested).ShouldBe([false, false, true]);
        var script = Path.Combine(leased.Environment.Directory, "bin", "gamma");
        (await Run.CheckedAsync(script)).ShouldBe("a script\n");
    }

    [Fact]
    public async Task What_the_base_interpreter_has_already_is_not_installed_again()
    {
        await using var fixture = await StoreFixture.StartAsync();

        using var leased = await fixture.LeaseAsync("packaging>=20");

        leased.Environment.Record.Packages.ShouldBeEmpty();
        (await leased.Environment.RunPythonAsync("import packaging; print('seen')")).ShouldBe("seen");
    }

    [Fact]
    public async Task A_newer_release_leaves_a_stored_resolution_alone()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha);
        (await fixture.LeaseAsync("alpha")).Dispose();
        new TestWheel("alpha", "2.0").WriteTo(fixture.Index.Directory);

        using var second = await fixture.LeaseAsync("alpha");

        second.Environment.PackageNames().ShouldBe(["alpha==1.0"]);
    }

    [Fact]
    public async Task Owners_share_nothing_where_the_scope_is_theirs()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.Options = fixture.Options with { Scope = EnvironmentScope.PerOwner };
        var project = fixture.Project("packaging");
        var keys = new List<string>();
        foreach (var owner in (string[])["ada", "grace"])
        {
            var request = new EnvironmentRequest(project, AllowInstall: true) { Owner = owner };
            using var outcome = await fixture
                .NewStore()
                .AcquireAsync(request, null, TestContext.Current.CancellationToken);
            outcome.ShouldBeLeased().Built.ShouldBeTrue();
            keys.Add(outcome.ShouldBeLeased().Environment.Key);
        }

        keys.ShouldBeUnique();
    }

    [Fact]
    public async Task Owners_share_environments_otherwise()
    {
        await using var fixture = await StoreFixture.StartAsync();
        (await fixture.LeaseAsync("packaging")).Dispose();
        var request = new EnvironmentRequest(fixture.Project("packaging"), AllowInstall: true) { Owner = "ada" };

        using var outcome = await fixture.NewStore().AcquireAsync(request, null, TestContext.Current.CancellationToken);

        outcome.ShouldBeLeased().Built.ShouldBeFalse();
    }

    [Fact]
    public async Task The_kernelspec_inside_names_the_environments_own_python()
    {
        await using var fixture = await StoreFixture.StartAsync();

        using var leased = await fixture.LeaseAsync("packaging");

        var file = Path.Combine(leased.Environment.Directory, "share/jupyter/kernels/python3/kernel.json");
        using var spec = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
        var python = spec.RootElement.GetProperty("argv")[0].GetString()!;
        python.ShouldBe(leased.Environment.Python);
        (await Run.CheckedAsync(python, "-I", "-c", "import sys; print(sys.prefix)"))
            .Trim()
            .ShouldBe(leased.Environment.Directory);
    }

    [Fact]
    public async Task The_latest_used_is_listed_first()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha, new TestWheel("beta", "1.0"));
        (await fixture.LeaseAsync("alpha")).Dispose();
        (await fixture.LeaseAsync("beta")).Dispose();
        Names().ShouldBe(["beta==1.0", "alpha==1.0"]);

        (await fixture.LeaseAsync("alpha")).Dispose();

        Names().ShouldBe(["alpha==1.0", "beta==1.0"]);

        IEnumerable<string> Names() => fixture.NewStore().List().SelectMany(entry => entry.Environment.PackageNames());
    }

    [Fact]
    public async Task An_environment_whose_folder_is_gone_is_built_again()
    {
        await using var fixture = await StoreFixture.StartAsync(Alpha);
        using (var first = await fixture.LeaseAsync("alpha"))
            Directory.Delete(first.Environment.Directory, recursive: true);

        using var second = await fixture.LeaseAsync("alpha");

        second.Built.ShouldBeTrue();
        (await second.Environment.RunPythonAsync("import alpha; print(alpha.__version__)")).ShouldBe("1.0");
    }

    [Fact]
    public async Task An_environment_without_a_record_is_built_again()
    {
        await using var fixture = await StoreFixture.StartAsync();
        string stray;
        using (var first = await fixture.LeaseAsync("packaging"))
        {
            File.Delete(fixture.Layout.RecordFile(first.Environment.Key));
            stray = Path.Combine(first.Environment.Directory, "stray");
            File.WriteAllText(stray, "");
        }
        fixture.NewStore().List().ShouldBeEmpty();

        using var second = await fixture.LeaseAsync("packaging");

        second.Built.ShouldBeTrue();
        File.Exists(stray).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_of_the_store_that_was_cut_short_is_as_good_as_none()
    {
        await using var fixture = await StoreFixture.StartAsync();
        (await fixture.LeaseAsync("packaging")).Dispose();
        string[] folders = ["resolutions", "environments", "interpreters"];
        string[] files =
        [
            .. folders.SelectMany(folder => Directory.GetFiles(Path.Combine(fixture.Layout.Root, folder))),
        ];
        foreach (var file in files)
            File.WriteAllText(file, File.ReadAllText(file)[..20]);

        using var second = await fixture.LeaseAsync("packaging");

        second.Built.ShouldBeTrue();
        files.ShouldAllBe(file => new FileInfo(file).Length > 20);
    }

    [Fact]
    public async Task What_was_asked_for_in_an_environment_is_so_for_all_who_share_it()
    {
        await using var fixture = await StoreFixture.StartAsync(
            new TestWheel("alpha", "1.0"),
            new TestWheel("beta", "1.0") { Requires = ["alpha"] }
        );

        using var needed = await fixture.LeaseAsync("beta");
        using var asked = await fixture.LeaseAsync("beta", "alpha");

        asked.Environment.Key.ShouldNotBe(needed.Environment.Key);
        Requested(needed).ShouldBe(["beta-1.0.dist-info"]);
        Requested(asked).ShouldBe(["alpha-1.0.dist-info", "beta-1.0.dist-info"]);
    }

    private static IEnumerable<string> Requested(EnvironmentOutcome.Leased lease) =>
        Directory
            .GetFiles(lease.Environment.Directory, "REQUESTED", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .Distinct() // lib64 is lib
            .Order();
}
