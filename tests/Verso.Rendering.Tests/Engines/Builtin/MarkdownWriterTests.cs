using Verso.Rendering.Engines.Builtin;

namespace Verso.Rendering.Tests.Engines.Builtin;

public sealed class MarkdownWriterTests
{
    [Theory]
    [InlineData("plain", "```")]
    [InlineData("```", "````")]
    [InlineData("a ````` b", "``````")]
    public void A_fence_is_longer_than_any_in_what_it_holds(string content, string fence) =>
        Written(writer => writer.Fenced(".text", content)).ShouldBe($"\n{fence} {{.text}}\n{content}\n{fence}\n\n");

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("(1, 2)", "(1, 2)")]
    public void Numbers_stay_fit_for_mathematics(string value, string written) =>
        Written(writer => writer.Literal(value)).ShouldBe(written);

    [Theory]
    [InlineData("two\nlines", "two lines")]
    [InlineData("two\r\n\r\nlines ", "two  lines")]
    public void A_value_stays_on_its_line(string value, string written) =>
        Written(writer => writer.Literal(value)).ShouldBe(written);

    private static string Written(Action<MarkdownWriter> write)
    {
        var writer = new MarkdownWriter();
        write(writer);
        return writer.ToString();
    }
}
