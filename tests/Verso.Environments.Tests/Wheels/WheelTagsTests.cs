using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

public sealed class WheelTagsTests
{
    private const string Oracle = """
        import sys
        from pip._internal.index.package_finder import CandidateEvaluator
        from pip._internal.models.candidate import InstallationCandidate
        from pip._internal.models.link import Link
        from pip._internal.utils.compatibility_tags import get_supported
        names = sys.argv[1:]
        from pip._internal.models.wheel import Wheel
        evaluator = CandidateEvaluator.create("thing")
        candidates = [InstallationCandidate("thing", "1.0", Link("https://x/" + name)) for name in names]
        fitting = [c for c in candidates if Wheel(c.link.filename).supported(get_supported())]
        best = evaluator.compute_best_candidate(fitting).best_candidate
        print(best.link.filename if best else "none")
        """;

    public static TheoryData<string> Choices =>
        [
            "py3-none-any",
            "py2-none-any",
            "py3-none-any cp311-cp311-linux_x86_64",
            "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64 cp311-cp311-linux_x86_64 py3-none-any",
            "cp311-cp311-manylinux_2_99_x86_64 cp39-abi3-manylinux2010_x86_64 py3-none-any",
            "cp310-cp310-manylinux2014_x86_64 cp311-cp311-manylinux2014_aarch64 cp311-cp311-win_amd64",
            "py2.py3-none-any py3-none-any py311-none-any",
            "2-py3-none-any 10-py3-none-any py3-none-any 9b-py3-none-any",
            "1a-py3-none-any 1b-py3-none-any 1-py3-none-any",
            "cp311-none-any 99-py3-none-any",
            "py3-none-linux_x86_64 cp311-abi3-linux_x86_64 cp311-none-linux_x86_64",
        ];

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task The_wheel_that_pip_would_take_is_the_best(string tags)
    {
        using var fixture = await WheelFixture.StartAsync();
        string[] names = [.. tags.Split(' ').Select(tag => $"thing-1.0-{tag}.whl")];
        var pips = await Run.CheckedAsync(fixture.Interpreter.Path, ["-I", "-c", Oracle, .. names]);

        foreach (var order in (string[][])[names, [.. Enumerable.Reverse(names)]])
            (new WheelTags(fixture.Interpreter).Best(order.Select(WheelFileName.Parse))?.Text ?? "none").ShouldBe(
                pips.Trim()
            );
    }

    [Theory]
    [InlineData("thing-1.0.whl")]
    [InlineData("thing-1.0-py3-none.whl")]
    [InlineData("thing-1.0-build-py3-none-any.whl")]
    [InlineData("../thing-1.0-py3-none-any.whl")]
    [InlineData("thing-1.0-py3-none-any.zip")]
    [InlineData("thing 1-1.0-py3-none-any.whl")]
    [InlineData("thing-1.0-py3-none-any.whl\n")]
    public void A_name_that_no_wheel_has_is_none(string name) => WheelFileName.TryParse(name).ShouldBeNull();
}
