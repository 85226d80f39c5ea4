using Verso.Rendering.Execution;

namespace Verso.Rendering.Tests.Execution;

public sealed class PrintedTextTests
{
    [Fact]
    public void Of_little_everything_is_kept()
    {
        var text = new PrintedText();
        text.AppendLine("one");
        text.AppendLine("");
        text.AppendLine("two");

        text.ToString().ShouldBe("one\n\ntwo\n");
    }

    [Fact]
    public void Of_much_the_beginning_and_the_end_are_kept_with_a_sentence_between_them()
    {
        var text = new PrintedText(mostOfEach: 1000);
        for (var line = 0; line < 100_000; line++)
            text.AppendLine($"line {line}");

        var kept = text.ToString();

        kept.ShouldStartWith("line 0\nline 1\n");
        kept.ShouldEndWith("line 99998\nline 99999\n");
        kept.ShouldContain("characters that were printed here are left out");
        kept.Length.ShouldBeLessThan(2200);
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        var text = new PrintedText(mostOfEach: 1000);
        text.AppendLine("begun");
        text.AppendLine(new string('x', 1_000_000));
        text.AppendLine("done");

        var kept = text.ToString();

        kept.ShouldStartWith("begun\n");
        kept.ShouldEndWith("\ndone\n");
        kept.Length.ShouldBeLessThan(2200);
    }
}
