using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class ParametersTests
{
    [Fact]
    public void Values_follow_the_code_of_the_tagged_cell() =>
        Source("n: 3\n  x: 1.5\n  on: true\n  none: ~\n  list: [1, 2]", "parameters")
            .ShouldBe("n = 1\nn = 3\nx = 1.5\non = True\nnone = None\nlist = [1, 2]");

    [Fact]
    public void Other_cells_are_left_alone() => Source("n: 3", "other").ShouldBe("n = 1");

    [Fact]
    public void What_is_no_name_of_Pythons_is_left_out() =>
        Source("'n; import os': 3\n  1n: 4", "parameters").ShouldBe("n = 1");

    [Fact]
    public void Text_stays_text() =>
        Source("t: \"a'\\\"\\n\\\\\"", "parameters")
            .ShouldBe("""n = 1""" + "\n" + """t = __import__('json').loads('"a\\u0027\\u0022\\n\\\\"')""");

    private static string Source(string parameters, string tag)
    {
        var document = DocumentParser.Parse(
            "/report.qmd",
            $"---\nparams:\n  {parameters}\n---\n\n```{{python}}\n#| tags: [{tag}]\nn = 1\n```\n"
        );
        return Parameters.Source(document.Cells.Single(), document.SettingsFor("html"));
    }
}
