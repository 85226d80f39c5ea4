using System.Text;
using Verso.Environments.Building;
using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

[NeedsSandbox]
public sealed class VerifyTests
{
    private const string Site = "lib/python3.11/site-packages";
    private const string Alpha = "alpha-1.0-py3-none-any.whl";

    [Fact]
    public async Task An_environment_is_what_was_made_until_something_is_changed()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("alpha", "1.0")
            {
                Files =
                {
                    ["alpha/__init__.py"] = "",
                    ["alpha/b.py"] = "",
                    ["alpha/c.py"] = "",
                    ["alpha/d.py"] = "",
                },
                ConsoleScripts = { ["alpha"] = "alpha:main" },
            }
        );
        var plan = await fixture.LinkAsync(fixture.Environment, held);
        (await fixture.VerifyAsync(plan)).ShouldBeEmpty();

        string At(string path) => Path.Combine(fixture.Environment, path);
        Replace(At($"{Site}/alpha/b.py"), "changed");
        File.Delete(At($"{Site}/alpha/c.py"));
        File.Delete(At($"{Site}/alpha/d.py"));
        File.CreateSymbolicLink(At($"{Site}/alpha/d.py"), "/etc/passwd");
        File.WriteAllText(At($"{Site}/alpha/extra.py"), "");
        Directory.CreateDirectory(At($"{Site}/folder"));
        File.WriteAllText(At("bin/alpha"), "changed");
        Replace(At("bin/activate"), "changed");
        File.Delete(At("bin/python3"));
        File.CreateSymbolicLink(At("bin/python3"), "/bin/sh");
        File.Delete(At("lib64"));
        Replace(At($"{Site}/alpha-1.0.dist-info/RECORD"), "changed");

        (await fixture.VerifyAsync(plan)).ShouldBe([
            new EnvironmentDifference("bin/activate", DifferenceKind.Changed, null),
            new EnvironmentDifference("bin/alpha", DifferenceKind.Changed, Alpha),
            new EnvironmentDifference("bin/python3", DifferenceKind.Changed, null),
            new EnvironmentDifference($"{Site}/alpha-1.0.dist-info/RECORD", DifferenceKind.Changed, Alpha),
            new EnvironmentDifference($"{Site}/alpha/b.py", DifferenceKind.Changed, Alpha),
            new EnvironmentDifference($"{Site}/alpha/c.py", DifferenceKind.Missing, Alpha),
            new EnvironmentDifference($"{Site}/alpha/d.py", DifferenceKind.Changed, Alpha),
            new EnvironmentDifference($"{Site}/alpha/extra.py", DifferenceKind.Extra, null),
            new EnvironmentDifference($"{Site}/folder", DifferenceKind.Extra, null),
            new EnvironmentDifference("lib64", DifferenceKind.Missing, null),
        ]);
    }

    [Fact]
    public async Task What_is_written_through_one_environment_is_found_in_all()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(new TestWheel("alpha", "1.0"), new TestWheel("beta", "1.0"));
        var one = await fixture.LinkAsync(fixture.Combine("one"), held);
        var two = await fixture.LinkAsync(fixture.Combine("two"), held);

        File.AppendAllText(fixture.Combine("one", Site, "alpha.py"), "# more\n");
        File.AppendAllText(fixture.Combine("one", Site, "beta-1.0.dist-info", "RECORD"), "more,,\r\n");

        EnvironmentDifference[] expected =
        [
            new($"{Site}/alpha.py", DifferenceKind.Changed, Alpha),
            new($"{Site}/beta-1.0.dist-info/RECORD", DifferenceKind.Changed, "beta-1.0-py3-none-any.whl"),
        ];
        (await fixture.VerifyAsync(one)).ShouldBe(expected);
        (await fixture.VerifyAsync(two)).ShouldBe(expected);
        new EnvironmentVerifier().Damaged(held.Wheels[0]).ShouldBe([$"{Site}/alpha.py"]);
    }

    [Fact]
    public async Task The_kernelspec_takes_the_place_of_ipykernels_and_leaves_the_wheel_whole()
    {
        using var fixture = await WheelFixture.StartAsync();
        using var held = await fixture.AcquireAsync(
            new TestWheel("ipykernel", "6.0") { RawEntries = [new($"ipykernel-6.0.data/data/{Kernelspec.Path}", "{}")] }
        );
        var plan = await fixture.LinkAsync(fixture.Environment, held);

        await Kernelspec.WriteAsync(fixture.Environment, TestContext.Current.CancellationToken);

        Encoding
            .UTF8.GetString(File.ReadAllBytes(Path.Combine(fixture.Environment, Kernelspec.Path)))
            .ShouldContain($"{fixture.Environment}/bin/python");
        new EnvironmentVerifier().Damaged(held.Wheels[0]).ShouldBeEmpty();
        var own = new Dictionary<string, byte[]> { [Kernelspec.Path] = Kernelspec.Content(fixture.Environment) };
        (await fixture.VerifyAsync(plan, own)).ShouldBeEmpty();
        (await fixture.VerifyAsync(plan)).ShouldHaveSingleItem().Path.ShouldBe(Kernelspec.Path);
    }

    private static void Replace(string path, string text)
    {
        File.Delete(path);
        File.WriteAllText(path, text);
    }
}
