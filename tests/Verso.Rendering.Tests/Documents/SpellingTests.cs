using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["echo", "fig-cap", "fig-alt", "number-sections", "tbl-cap"];

    [Theory]
    [InlineData("fig-capt", "fig-cap")]
    [InlineData("ecoh", "echo")]
    [InlineData("Echo", "echo")]
    [InlineData("number-sektion", "number-sections")]
    [InlineData("fig-xyz", null)]
    [InlineData("eo", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_meant(string word, string? meant) => Spelling.Nearest(word, Known).ShouldBe(meant);
}
