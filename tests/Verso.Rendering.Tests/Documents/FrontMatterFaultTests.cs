using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class FrontMatterFaultTests
{
    [Theory]
    [InlineData("just text\n")]
    [InlineData("")]
    [InlineData("---\n---\ntext\n")]
    [InlineData("---\n# a comment\n---\ntext\n")]
    [InlineData("---\n\na rule above\n")]
    public void Front_matter_may_be_missing_or_empty(string text) =>
        DocumentParser.Parse("/report.qmd", text).FrontMatter.Keys.ShouldBeEmpty();

    [Fact]
    public void Unclosed_front_matter_is_refused_at_its_first_line() =>
        Refusal("---\ntitle: A\n\n# Text\n").ShouldBe((1, "the YAML at the top is not closed with '---'."));

    [Theory]
    [InlineData("---\ntitle: A\nauthor: [B\n---\n", 4)]
    [InlineData("---\ntitle: A\nsubtitle: \"open\n---\n", 3)]
    [InlineData("---\ntitle: A\ntitle: B\n---\n", 3)]
    [InlineData("---\ntitle: A: B\n---\n", 2)]
    public void Yaml_that_cannot_be_read_is_refused_at_its_line(string text, int line)
    {
        var (at, message) = Refusal(text);

        message.ShouldStartWith("the YAML cannot be read: ");
        at.ShouldBe(line);
    }

    [Theory]
    [InlineData("---\n- a\n- b\n---\n")]
    [InlineData("---\nonly words\n---\n")]
    public void Yaml_that_is_no_mapping_is_refused(string text) =>
        Refusal(text).ShouldBe((2, "the YAML is not a list of 'key: value' lines."));

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_refused_and_does_not_end_the_process(char bracket)
    {
        var (line, message) = Refusal($"---\ntitle: A\na: {new string(bracket, 100_000)}\n---\n");

        message.ShouldBe("the YAML nests deeper than 50 levels.");
        line.ShouldBe(3);
    }

    [Theory]
    [InlineData("a: \"\\UFFFFFFFF\"")]
    [InlineData("a: \"\\ud800\"")]
    [InlineData("a: &x [*x]")]
    [InlineData("*missing : a")]
    [InlineData("!!int a: !!float b")]
    [InlineData("? [a, b]\n: c")]
    [InlineData("? a\n? b")]
    [InlineData("<<: [a]")]
    [InlineData("%YAML 9.9\n--- a")]
    public void No_yaml_is_more_than_refused(string yaml)
    {
        var parse = () => YamlMap.Parse(yaml, 1);

        if (Record.Exception(parse) is { } exception)
            exception.ShouldBeOfType<DocumentException>().Line.ShouldNotBeNull().ShouldBeGreaterThan(0);
        else
            parse().Keys.ShouldNotBeNull();
    }

    [Fact]
    public void A_file_with_a_nul_byte_is_refused() => Refusal("a\0b").Message.ShouldContain("NUL");

    private static (int? Line, string Message) Refusal(string text)
    {
        var exception = Should.Throw<DocumentException>(() => DocumentParser.Parse("/report.qmd", text));
        return (exception.Line, exception.Message);
    }
}
