using Verso.Rendering.Engines.Builtin;

namespace Verso.Rendering.Tests.Engines.Builtin;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain\ntext", "plain\ntext")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b[1;38;5;200mbold\u001b[0m", "bold")]
    [InlineData("\u001b]8;;https://a.b\u0007link\u001b]8;;\u0007", "link")]
    [InlineData("\u001b[2K\u001b[1Gdone", "done")]
    [InlineData("1%\r2%\r3%\n", "3%\n")]
    [InlineData("1%\r2%\r", "2%")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("\rstart", "start")]
    [InlineData("a\nb\rc\nd", "a\nc\nd")]
    public void Colours_go_and_overwritten_lines_show_their_last_state(string printed, string shown) =>
        TerminalText.Plain(printed).ShouldBe(shown);
}
