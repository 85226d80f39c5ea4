using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin;

namespace Verso.Rendering.Tests.Engines.Builtin;

public sealed class ShortcodesTests
{
    private static readonly Shortcodes Shortcodes = new(
        YamlMap.Parse("title: A\nauthor:\n  - name: Ada\nlist: [one, two]\nlong: |\n  two\n  lines\n", 1).Node,
        YamlMap.Parse("mail:\n  info: i@example.org\n", 1).Node
    );

    [Theory]
    [InlineData("{{< meta title >}}", "A")]
    [InlineData("{{<meta author.1.name>}}", "Ada")]
    [InlineData("{{< meta list >}}", "one, two")]
    [InlineData("{{< meta long >}}", "two lines")]
    [InlineData("{{< var mail.info >}}", "i@example.org")]
    [InlineData("{{{< meta title >}}}", "{{< meta title >}}")]
    [InlineData("{{</* meta title */>}}", "{{< meta title >}}")]
    [InlineData("{{< kbd \"a] *b\" >}}", "[a\\] \\*b]{.shortcode-kbd}")]
    [InlineData("{{< video 'a\"b' title='\"' >}}", "[]{.shortcode-video src=\"a\\\"b\" title=\"\\\"\"}")]
    [InlineData("{{ no shortcode }}", "{{ no shortcode }}")]
    public void What_is_known_is_put_in(string text, string expected) => Shortcodes.Expand(text).ShouldBe(expected);

    [Theory]
    [InlineData("\n{{< meta absent >}}", "1 There is no 'absent' in the front matter.")]
    [InlineData("{{< meta author >}}", "0 There is no 'author' in the front matter.")]
    [InlineData(
        "\n\n{{< lipsum 3 >}}",
        "2 '{{< lipsum 3 >}}' is left as it is: the builtin engine does not support the shortcode 'lipsum'."
    )]
    public void The_rest_is_named_with_its_line(string text, string expected)
    {
        var said = new List<string>();

        Shortcodes.Expand(text, (sentence, line) => said.Add($"{line} {sentence}"));

        said.ShouldBe([expected]);
    }

    [Fact]
    public void No_environment_variable_is_read() => Shortcodes.Expand("{{< env PATH >}}").ShouldBe("?env:PATH");
}
