using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

namespace Verso.Environments.Tests.Resolving;

public sealed class PinnedRequirementsTests
{
    private static readonly Pin[] Pins =
    [
        Pin("Rich", "13.3.1", requested: true),
        Pin("markdown-it-py", "2.1.0", requested: false, "rich"),
        Pin("Pygments", "2.14.0", requested: false, "rich"),
    ];

    private static readonly Dictionary<string, string> Base = new() { ["numpy"] = "1.24.2" };

    [Theory]
    [InlineData("rich", "rich==13.3.1")]
    [InlineData("  Rich >= 13 , <14   # for tables", "Rich==13.3.1  # for tables")]
    [InlineData("rich[jupyter]~=13.0 ; python_version>'3.8'", "rich[jupyter]==13.3.1 ; python_version > \"3.8\"")]
    [InlineData("numpy", "numpy==1.24.2")]
    [InlineData("colorama ; sys_platform == 'win32'", "colorama ; sys_platform == 'win32'")]
    [InlineData("# only a comment", "# only a comment")]
    public void A_line_gets_the_version_and_keeps_the_rest(string line, string pinned) =>
        Lines(line + "\n").First().ShouldBe(pinned);

    [Fact]
    public void What_the_named_packages_need_follows() =>
        Lines("# tables\nrich\n\nnumpy\n")
            .ShouldBe([
                "# tables",
                "rich==13.3.1",
                "",
                "numpy==1.24.2",
                "",
                "# needed by the packages above",
                "markdown-it-py==2.1.0",
                "pygments==2.14.0",
                "",
            ]);

    [Fact]
    public void Pinning_twice_changes_nothing()
    {
        var once = Write("rich\n", Pins);
        Write(once, [.. Pins.Select(pin => pin with { Requested = true })]).ShouldBe(once);
    }

    private static string[] Lines(string text) => Write(text, Pins).Split('\n');

    private static string Write(string text, IReadOnlyList<Pin> pins) =>
        PinnedRequirements.Write(RequirementsFile.Parse(text), pins, Base);

    private static Pin Pin(string name, string version, bool requested, params string[] requiredBy) =>
        new(name, version, $"{name}-{version}-py3-none-any.whl", new string('a', 64), 1, requested, requiredBy);
}
