using Verso.Environments.Store;

namespace Verso.Environments.Tests.Building;

/// <summary>Wheels that are refused once they are resolved: the render goes on, and no version moves.</summary>
[NeedsSandbox]
public sealed class RefusedWheelTests
{
    [Fact]
    public async Task Two_packages_that_cannot_stand_beside_each_other_fail_the_build_with_a_sentence()
    {
        await using var fixture = await StoreFixture.StartAsync(
            With("alpha", "shared"),
            With("bravo", "shared/module.py")
        );

        var failed = await fixture.FailAsync("alpha", "bravo");

        failed.Reason.ShouldBe(BaseReason.BuildFailed);
        failed.Message.ShouldEndWith("where another package has a folder; they cannot be installed together.");
        fixture.Leftovers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("share/jupyter", "has a file 'share/jupyter', which is a folder in every environment.")]
    [InlineData(
        "share/jupyter/kernels/python3/kernel.json/file",
        "A package has a folder at share/jupyter/kernels/python3/kernel.json, which is a file in every environment."
    )]
    public async Task What_stands_in_the_kernelspec_s_way_is_named(string path, string message)
    {
        await using var fixture = await StoreFixture.StartAsync(With("alpha", $"alpha-1.0.data/data/{path}"));

        (await fixture.FailAsync("alpha")).Message.ShouldEndWith(message);
    }

    [Fact]
    public async Task A_wheel_that_is_refused_moves_no_version_and_says_nothing_that_a_terminal_would_obey()
    {
        await using var fixture = await StoreFixture.StartAsync(
            With(
                "alpha",
                "alpha-1.0.dist-info/entry_points.txt",
                $"[console_scripts]\nrun = \e[31m{new string('x', 9999)}"
            )
        );
        var project = fixture.Project("alpha");
        await fixture.NewStore().ResolveAsync(project);
        new TestWheel("alpha", "1.1").WriteTo(fixture.Index.Directory);

        var failed = (await fixture.NewStore().AcquireAsync(project)).ShouldBeOfType<EnvironmentOutcome.Base>();

        failed.Message.ShouldContain("its command 'run' is '?[31mxxx");
        failed.Message.Length.ShouldBeLessThan(1000);
        failed.Log.ShouldNotContain("resolving them anew");
        fixture.NewStore().List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limit_that_is_passed_moves_no_version()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        var project = fixture.Project("alpha");
        await fixture.NewStore().ResolveAsync(project);
        new TestWheel("alpha", "1.1").WriteTo(fixture.Index.Directory);
        fixture.IndexOptions = fixture.IndexOptions with { MaxBuildBytes = 10 };

        var failed = (await fixture.NewStore().AcquireAsync(project)).ShouldBeOfType<EnvironmentOutcome.Base>();

        failed.Message.ShouldContain("PackageIndex:MaxBuildBytes");
        failed.Log.ShouldNotContain("resolving them anew");
    }

    private static TestWheel With(string name, string path, string text = "text") =>
        new(name, "1.0") { Files = new Dictionary<string, string> { [path] = text } };
}
