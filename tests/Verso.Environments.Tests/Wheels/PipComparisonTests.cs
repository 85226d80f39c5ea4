using Verso.Environments.Requirements;
using Verso.Environments.Tests.Building;
using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

/// <summary>What Verso makes of wheels is what pip makes of them, file by file and import by import.</summary>
[NeedsSandbox]
public sealed class PipComparisonTests
{
    [Fact]
    public async Task Real_packages_and_a_wheel_for_every_rule_come_out_as_pip_installs_them()
    {
        using var fixture = await WheelFixture.StartAsync();
        var debian = Directory.GetFiles(await DebianWheels.DirectoryAsync(), "*.whl");
        debian.Length.ShouldBeGreaterThanOrEqualTo(25);
        RuleWheels.All.Count.ShouldBeGreaterThanOrEqualTo(15);
        var rules = RuleWheels.All.Select(wheel => wheel.WriteTo(fixture.Combine("rules"))).ToList();
        string[] files = [.. debian, .. rules];
        using var held = await fixture.AcquireAsync(files.Select(WheelFixture.Source));
        string[] modules = [.. held.Wheels.SelectMany(wheel => wheel.Manifest.Modules).Distinct()];

        await PipInstallAsync(fixture, fixture.Environment, files);
        var importedFromPips = await ImportAsync(fixture.Environment, modules);
        Directory.Move(fixture.Environment, fixture.Combine("by-pip"));
        var plan = await fixture.LinkAsync(fixture.Environment, held);
        var imported = await ImportAsync(fixture.Environment, modules);

        plan.Conflicts.ShouldBeEmpty();
        await ShouldBeSameAsync(fixture.Combine("by-pip"), fixture.Environment);
        imported.ShouldBe(importedFromPips);
        imported
            .Split('\n')
            .Where(line => !line.Contains(fixture.Environment))
            .ShouldHaveSingleItem()
            .ShouldStartWith("broken_old SyntaxError ");
    }

    [Fact]
    public async Task What_is_needed_and_not_asked_for_has_no_REQUESTED()
    {
        using var fixture = await WheelFixture.StartAsync();
        var needed = new TestWheel("needed", "1.0") { ConsoleScripts = { ["needed"] = "needed:main" } };
        var plain = new TestWheel("plain-needed", "1.0");
        var asked = new TestWheel("asked", "1.0") { Requires = ["needed", "plain-needed"] };
        using var held = await fixture.AcquireAsync(plain, needed, asked);

        await PipInstallAsync(fixture, fixture.Environment, ["asked"], fixture.Combine("index"), plain, needed, asked);
        Directory.Move(fixture.Environment, fixture.Combine("by-pip"));
        await fixture.CreateEmptyAsync(fixture.Environment);
        var wheels = held.Wheels.Select(wheel => new WheelToLink(wheel, wheel.Manifest.Name == "asked"));
        var plan = new EnvironmentPlan(fixture.Environment, fixture.Interpreter, [.. wheels]);
        await EnvironmentLinker.LinkAsync(plan, TestContext.Current.CancellationToken);

        await ShouldBeSameAsync(fixture.Combine("by-pip"), fixture.Environment);
    }

    [Fact]
    public async Task Of_two_wheels_with_one_file_the_later_wins_and_both_are_named()
    {
        using var fixture = await WheelFixture.StartAsync();
        TestWheel[] wheels =
        [
            new("first", "1.0")
            {
                Files =
                {
                    ["first.py"] = "",
                    ["common/__init__.py"] = "",
                    ["common/who.py"] = "WHO = 'first'\n",
                },
            },
            new("second", "1.0")
            {
                Files =
                {
                    ["second.py"] = "",
                    ["common/__init__.py"] = "",
                    ["common/who.py"] = "WHO = 'second'\n",
                },
                ConsoleScripts = { ["tool"] = "second:main" },
            },
        ];
        using var held = await fixture.AcquireAsync(wheels);

        await PipInstallAsync(fixture, fixture.Environment, ["first"], fixture.Combine("index"), wheels);
        await PipInstallAsync(fixture, fixture.Environment, ["second"], fixture.Combine("index"));
        Directory.Move(fixture.Environment, fixture.Combine("by-pip"));
        var plan = await fixture.LinkAsync(fixture.Environment, held);

        await ShouldBeSameAsync(fixture.Combine("by-pip"), fixture.Environment);
        var site = fixture.Interpreter.SitePackages;
        plan.Conflicts.ShouldBe(
            [
                new LinkConflict(
                    $"{site}/common/__pycache__/who.cpython-311.pyc",
                    wheels[0].FileName,
                    wheels[1].FileName
                ),
                new LinkConflict($"{site}/common/who.py", wheels[0].FileName, wheels[1].FileName),
            ],
            ignoreOrder: true
        );
        (await WheelFixture.RunPythonAsync(fixture.Environment, "-c", "import common.who as m; print(m.WHO)")).ShouldBe(
            "second"
        );
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(0)] // with a space
    public async Task Programs_run_whatever_the_path_of_their_Python(int shebangLength)
    {
        using var fixture = await WheelFixture.StartAsync();
        var wheel = new TestWheel("tool", "1.0")
        {
            Files = { ["tool.py"] = "import sys\ndef main(): print(sys.prefix)\n" },
            ConsoleScripts = { ["tool"] = "tool:main" },
        };
        using var held = await fixture.AcquireAsync(wheel);
        var missing = shebangLength - "#!/bin/python\n".Length - fixture.Combine("").TrimEnd('/').Length - 1;
        var directory = fixture.Combine(shebangLength == 0 ? "with space" : new string('d', missing));

        await PipInstallAsync(fixture, directory, ["tool"], fixture.Combine("index"), wheel);
        Directory.Move(directory, fixture.Combine("by-pip"));
        await fixture.LinkAsync(directory, held);

        await ShouldBeSameAsync(fixture.Combine("by-pip"), directory);
        var program = Path.Combine(directory, "bin", "tool");
        (await Run.CheckedAsync(program)).TrimEnd().ShouldBe(directory);
        File.ReadLines(program).First().ShouldBe(shebangLength == 127 ? $"#!{directory}/bin/python" : "#!/bin/sh");
    }

    private static Task PipInstallAsync(WheelFixture fixture, string directory, IReadOnlyList<string> files)
    {
        var folder = Directory.CreateDirectory(fixture.Combine("index")).FullName;
        foreach (var file in files)
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        // By name, as files named on the command line get a direct_url.json.
        var names = files
            .Select(file => WheelFileName.Parse(Path.GetFileName(file)))
            .Select(name => PackageName.Normalize(name.Name));
        return PipInstallAsync(fixture, directory, ["--no-deps", .. names], folder);
    }

    private static async Task PipInstallAsync(
        WheelFixture fixture,
        string directory,
        IEnumerable<string> arguments,
        string index,
        params IEnumerable<TestWheel> wheels
    )
    {
        foreach (var wheel in wheels)
            wheel.WriteTo(index);
        if (!Directory.Exists(directory))
            await Run.CheckedAsync(
                fixture.Interpreter.Path,
                ["-I", "-m", "venv", "--without-pip", "--system-site-packages", directory]
            );
        string[] pip = [Path.Combine(directory, "bin", "python"), "-I", "-m", "pip", "install", "--isolated"];
        string[] options = ["--disable-pip-version-check", "--no-cache-dir", "--no-index", "--find-links", index];
        string[] others = ["--ignore-installed", "--progress-bar=off", "--no-warn-script-location"];
        await Run.CheckedAsync(
            "/usr/bin/env",
            ["PIP_CONFIG_FILE=/dev/null", .. pip, .. options, .. others, .. arguments]
        );
    }

    private static Task<string> ImportAsync(string environment, IEnumerable<string> modules) =>
        WheelFixture.RunPythonAsync(environment, [Script("import_all.py"), .. modules]);

    private static async Task ShouldBeSameAsync(string pips, string ours)
    {
        var printed = await Run.CheckedAsync("/usr/bin/python3", "-I", Script("compare_trees.py"), pips, ours);
        printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldStartWith("compared");
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Wheels", name);
}
