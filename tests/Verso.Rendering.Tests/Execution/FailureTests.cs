using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests.Execution;

[NeedsSandbox]
public sealed class FailureTests : IDisposable
{
    private readonly Project _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("import os; os._exit(3)", "The Python process ended with exit code 3.")]
    [InlineData(
        "import ctypes; ctypes.string_at(0)",
        "The Python process was ended by signal 11 (SIGSEGV: a fault in compiled code)."
    )]
    [InlineData("exit()", "SystemExit. A document's code runs to its end; it must not ask Python to exit.")]
    [InlineData(
        "raise SystemExit(4)",
        "SystemExit: 4. A document's code runs to its end; it must not ask Python to exit."
    )]
    [InlineData(
        "input('Your name? ')",
        "EOFError: a document is rendered with nobody there to answer input(); write the value into the cell"
    )]
    [InlineData("1 / 0", "ZeroDivisionError: division by zero")]
    [InlineData("%no_such_magic", "UsageError: Line magic function `%no_such_magic` not found.")]
    [InlineData(
        "raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})",
        "Odd: (its message cannot be shown: ZeroDivisionError)"
    )]
    public async Task What_stops_a_cell_is_said_with_its_name_and_line(string code, string message)
    {
        var error = await ErrorOfAsync(
            $"text\n\n```{{python}}\n1\n```\n\n```{{python}}\n#| label: culprit\n{code}\n```\n"
        );

        error.Message.ShouldBe(message);
        (error.File, error.Cell).ShouldBe(("report.qmd", "culprit"));
        error.Line.ShouldNotBeNull().ShouldBeInRange(7, 9);
    }

    [Fact]
    public async Task Nothing_runs_after_an_error_and_no_document_comes_out()
    {
        var rendering = await _project.RenderAsync(
            "```{python}\nraise ValueError('first')\n```\n\n```{python}\nopen('ran', 'w')\n```\n"
        );

        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        rendering.Html.ShouldBeNull();
        File.Exists(_project.PathOf("ran")).ShouldBeFalse();
        rendering.Log.ShouldContain("report.qmd:2: error (cell 1): ValueError: first");
        rendering.Log.ShouldContain("Traceback (most recent call last)");
    }

    [Theory]
    [InlineData("undefined_name", "NameError: name 'undefined_name' is not defined")]
    [InlineData("1 +", "SyntaxError: invalid syntax (inline expression, line 1)")]
    [InlineData("raises()", "KeyError: 'inside'")]
    public async Task An_inline_error_names_its_line(string expression, string message)
    {
        var error = await ErrorOfAsync(
            $"```{{python}}\ndef raises():\n    raise KeyError('inside')\n```\n\nA `{{python}} 1` and\nb `{{python}} {expression}`.\n"
        );

        (error.Message, error.File, error.Line, error.Cell).ShouldBe(
            ($"`{{python}} {expression}`: {message}", "report.qmd", 7, null)
        );
    }

    [Fact]
    public async Task A_process_that_ends_in_an_inline_expression_is_not_blamed_on_a_cell()
    {
        var error = await ErrorOfAsync("```{python}\nimport os\n```\n\nText `{python} os._exit(5)`.\n");

        (error.Message, error.Line, error.Cell).ShouldBe(("The Python process ended with exit code 5.", 5, null));
    }

    [Fact]
    public async Task A_syntax_error_names_its_line_even_below_blank_ones()
    {
        var error = await ErrorOfAsync("```{python}\n#| label: bad\n\n\nx = 1\ny = (2\n\nz = 3 +\n```\n");

        error.Message.ShouldStartWith("SyntaxError: ");
        error.Line.ShouldBe(6);
    }

    [Fact]
    public async Task An_error_within_a_function_names_the_line_in_the_cell_that_holds_it()
    {
        var error = await ErrorOfAsync(
            "```{python}\n#| label: defines\ndef divide(n):\n    return 1 / n\n```\n\n```{python}\n#| label: calls\n\ndivide(0)\n```\n"
        );

        (error.Line, error.Cell).ShouldBe((4, "calls"));
    }

    [Fact]
    public async Task An_allowed_error_does_not_hide_a_later_one()
    {
        var error = await ErrorOfAsync(
            "```{python}\n#| error: true\n1 / 0\n```\n\n```{python}\nimport os\nos._exit(1)\n```\n"
        );

        (error.Message, error.Line).ShouldBe(("The Python process ended with exit code 1.", 6));
    }

    private async Task<LogEntry> ErrorOfAsync(string text)
    {
        var rendering = await _project.RenderAsync(text);
        rendering.Result.Status.ShouldBe(RenderStatus.Failure);
        return rendering.Errors.ShouldHaveSingleItem();
    }
}
