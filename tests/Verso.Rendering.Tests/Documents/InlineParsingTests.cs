using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class InlineParsingTests
{
    [Theory]
    [InlineData("`{python} a`", "a")]
    [InlineData("# `{python} a` and `{python}  b[0] `", "a|b[0]")]
    [InlineData("| `{python} a` | `{python} b` |", "a|b")]
    [InlineData("[^1]: `{python} a`", "a")]
    [InlineData("`x` `{python} a` `y`", "a")]
    [InlineData("` `{python} a`", "")]
    [InlineData(@"\\`{python} a`", "a")]
    [InlineData("``{python} a``", "")]
    [InlineData("`` `{python} a` ``", "")]
    [InlineData(@"\`{python} a\`", "")]
    [InlineData("`{python}`", "")]
    [InlineData("`{python} `", "")]
    [InlineData("`{r} a`", "")]
    [InlineData("`python a`", "")]
    public void Expressions_stand_in_single_backticks(string line, string expressions) =>
        string.Join('|', Inlines($"{line}\n").Select(inline => inline.Expression)).ShouldBe(expressions);

    [Fact]
    public void Expressions_know_their_line() =>
        Inlines("---\na: b\n---\n\n`{python} a`\ntext `{python} b`\n").Select(inline => inline.Line).ShouldBe([5, 6]);

    [Fact]
    public void The_text_around_them_is_kept()
    {
        var blocks = DocumentParser.Parse("/report.qmd", "a `{python} 1` b `c` `{python} 2`\nd\n").Blocks;

        var text = string.Concat(blocks.Select(block => (block as DocumentBlock.Markdown)?.Text ?? "_"));
        text.ShouldBe("a _ b `c` _\nd\n\n");
    }

    private static IEnumerable<DocumentBlock.Inline> Inlines(string text) =>
        DocumentParser.Parse("/report.qmd", text).Blocks.OfType<DocumentBlock.Inline>();
}
