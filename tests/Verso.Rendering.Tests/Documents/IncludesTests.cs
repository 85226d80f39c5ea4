using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class IncludesTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();

    [Fact]
    public void Lines_remember_where_they_were_written()
    {
        _project.Write("parts/one.qmd", "---\ntitle: Other\n---\nfirst\n{{< include two.qmd >}}\n");
        _project.Write("parts/two.qmd", "second\n");

        var (text, places) = Expand("before\n{{< include parts/one.qmd >}}\nafter");

        text.ShouldBe("before\nfirst\nsecond\nafter");
        places!
            .Select(place => $"{Path.GetRelativePath(_project.Path, place.Path)}:{place.Line}")
            .ShouldBe(["report.qmd:1", "parts/one.qmd:4", "parts/two.qmd:1", "report.qmd:3"]);
    }

    [Theory]
    [InlineData("/parts/one.qmd")]
    [InlineData("\"parts/one.qmd\"")]
    [InlineData("'./parts/../parts/one.qmd'")]
    public void A_file_may_be_named_from_the_project_or_in_quotation_marks(string name)
    {
        _project.Write("parts/one.qmd", "one");

        Expand($"{{{{< include {name} >}}}}").Text.ShouldBe("one");
    }

    [Theory]
    [InlineData("text {{< include one.qmd >}}")]
    [InlineData("{{{< include one.qmd >}}}")]
    [InlineData("no includes")]
    public void Other_text_stays(string text) => Expand(text).ShouldBe((text, null));

    [Fact]
    public void What_is_missing_is_named_with_its_line()
    {
        _project.Write("one.qmd", "text\n\n{{< include absent.qmd >}}");

        Fault("\n{{< include gone.qmd >}}")
            .ShouldBe("2: the file 'gone.qmd' that is to be included here is not in the project.");
        Fault("{{< include one.qmd >}}")
            .ShouldBe(
                "1: the file 'absent.qmd' that is to be included here is not in the project (one.qmd, line 3, includes it)."
            );
    }

    [Fact]
    public void No_file_includes_itself()
    {
        _project.Write("one.qmd", "{{< include two.qmd >}}");
        _project.Write("two.qmd", "{{< include one.qmd >}}");

        Fault("{{< include one.qmd >}}")
            .ShouldBe("1: the file 'one.qmd' would be included in itself (two.qmd, line 1, includes it).");
    }

    private string Fault(string text)
    {
        var fault = Should.Throw<DocumentException>(() => Expand(text));
        return $"{fault.Line}: {fault.Message}";
    }

    private (string Text, IReadOnlyList<SourceLine>? Places) Expand(string text) =>
        Includes.Expand(_project.Path, _project.Combine("report.qmd"), text);

    public void Dispose() => _project.Dispose();
}
