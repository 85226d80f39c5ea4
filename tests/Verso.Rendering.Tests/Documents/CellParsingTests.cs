using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class CellParsingTests
{
    [Theory]
    [InlineData("```{python}\n1\n```\n")]
    [InlineData("```` {python}\n1\n````\n")]
    [InlineData("```{python }\n1\n```  \n")]
    [InlineData("1. item\n\n   ```{python}\n   1\n   ```\n")]
    [InlineData("- item\n\t```{python}\n\t1\n\t```\n")]
    [InlineData("```{python}\r\n1\r\n```\r\n")]
    [InlineData("\uFEFF```{python}\n1\n```\n")]
    public void A_cell_is_a_fence_of_backticks_with_a_language_in_braces(string text) =>
        Cells(text).ShouldHaveSingleItem().Source.ShouldBe("1");

    [Theory]
    [InlineData("```python\n1\n```\n")]
    [InlineData("``` python\n1\n```\n")]
    [InlineData("~~~{python}\n1\n~~~\n")]
    [InlineData("```{.python}\n1\n```\n")]
    [InlineData("```{=html}\n1\n```\n")]
    [InlineData("```{{python}}\n1\n```\n")]
    [InlineData("````\n```{python}\n1\n```\n````\n")]
    [InlineData("~~~\n```{python}\n1\n```\n~~~\n")]
    [InlineData("> ```\n> `{python} 1`\n> ```\n")]
    [InlineData("- ```\n  `{python} 1`\n  ```\n")]
    [InlineData("1) ~~~ text\n   `{python} 1`\n   ~~~\n")]
    public void Other_fences_run_nothing(string text) =>
        DocumentParser.Parse("/report.qmd", text).Blocks.ShouldAllBe(block => block is DocumentBlock.Markdown);

    [Theory]
    [InlineData("- ```\n  text\n  ```\n")]
    [InlineData("> ```\n> text\n> ```\n")]
    [InlineData("> ```\n> text that its quotation ends\n\n")]
    [InlineData("``` not a fence ``` but code\n")]
    [InlineData("~~~~\n```\n~~~~\n")]
    [InlineData("````\n```\n````\n")]
    public void Text_after_another_fence_is_read_again(string fence) =>
        Cells($"{fence}\n```{{python}}\n1\n```\n").ShouldHaveSingleItem();

    [Fact]
    public void A_cell_that_is_never_closed_is_refused_at_its_first_line()
    {
        var exception = Should.Throw<DocumentException>(() => Cells("a\n\n````{python}\n1\n```\n"));

        exception.Line.ShouldBe(3);
        exception.Message.ShouldBe("the cell that starts here is never closed with ````.");
    }

    [Fact]
    public void Lines_are_the_documents()
    {
        var cell = Cells("---\ntitle: A\n---\n\n```{python}\n#| label: a\n#| echo: false\n\n\nfirst\n```\n").Single();

        (cell.Line, cell.SourceLine, cell.Source).ShouldBe((5, 10, "first"));
        cell.Options.LineOf("echo").ShouldBe(7);
    }

    [Fact]
    public void An_option_may_span_lines()
    {
        var options = Cells("```{python}\n#| fig-cap: |\n#|   One\n#|   two\n#| label: a\n```\n").Single().Options;

        options.Text("fig-cap").ShouldBe("One\ntwo\n");
        options.Text("label").ShouldBe("a");
    }

    [Fact]
    public void Options_stop_at_the_first_line_of_code() =>
        Cells("```{python}\n#| label: a\n1\n#| echo: false\n```\n").Single().Options.Keys.ShouldBe(["label"]);

    [Theory]
    [InlineData("#| label: a\n#| fig-cap: \"open\n1", 4)]
    [InlineData("#| label: a\n#| label: b\n1", 4)]
    [InlineData("#| echo=FALSE\n1", 3)]
    [InlineData("#| - echo\n1", 3)]
    public void Options_that_cannot_be_read_are_refused_at_their_line(string body, int line) =>
        Should.Throw<DocumentException>(() => Cells($"\n```{{python}}\n{body}\n```\n")).Line.ShouldBe(line);

    private static List<DocumentBlock.Cell> Cells(string text) => [.. DocumentParser.Parse("/report.qmd", text).Cells];
}
