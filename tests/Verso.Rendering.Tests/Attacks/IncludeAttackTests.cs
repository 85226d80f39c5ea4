using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Attacks;

/// <summary>A document's text is a stranger's, and what it includes is read by the one process that no sandbox holds.</summary>
public sealed class IncludeAttackTests : IDisposable
{
    private const string Canary = "what the document must not see";

    private readonly TemporaryDirectory _project = new();
    private readonly TemporaryDirectory _elsewhere = new();
    private readonly string _secret;

    public IncludeAttackTests() => _secret = _elsewhere.Write("secret.txt", Canary);

    [Fact]
    public void A_path_out_of_the_project_is_refused()
    {
        Refused(_secret);
        Refused($"../{Path.GetFileName(_elsewhere.Path)}/secret.txt");
        Refused("parts/../../../etc/passwd");
        Refused("/../../etc/passwd");
    }

    [Fact]
    public void No_link_is_followed()
    {
        File.CreateSymbolicLink(_project.Combine("link.txt"), _secret);
        Directory.CreateSymbolicLink(_project.Combine("folder"), _elsewhere.Path);

        Refused("link.txt");
        Refused("folder/secret.txt");
    }

    [Fact]
    public void A_device_is_not_read() => Refused("/../../dev/zero");

    [Fact]
    public void Metadata_that_is_a_link_says_nothing()
    {
        File.CreateSymbolicLink(_project.Combine("_quarto.yml"), _elsewhere.Write("quarto.yml", $"secret: {Canary}"));
        _project.Write("_metadata.yml", $"metadata-files: [{_elsewhere.Combine("quarto.yml")}, ../quarto.yml]");

        var layers = ProjectMetadata.For(_project.Path, _project.Combine("report.qmd"));

        layers.ShouldHaveSingleItem().Has("metadata-files").ShouldBeTrue();
    }

    [Fact]
    public void What_doubles_with_each_include_ends()
    {
        for (var depth = 0; depth < 30; depth++)
            _project.Write(
                $"{depth}.qmd",
                string.Concat(Enumerable.Repeat($"text\n{{{{< include {depth + 1}.qmd >}}}}\n", 10))
            );

        Should.Throw<DocumentException>(() => Expand("{{< include 0.qmd >}}"));
    }

    [Fact]
    public void A_large_file_that_is_included_often_ends()
    {
        _project.Write("large.txt", new string('x', 8 << 20));

        Should
            .Throw<DocumentException>(() =>
                Expand(string.Concat(Enumerable.Repeat("{{< include large.txt >}}\n", 1000)))
            )
            .Message.ShouldBe("what is included has more than 64 million characters.");
    }

    [Fact(Timeout = 30_000)]
    public Task Lines_that_could_be_cut_in_many_ways_take_no_time() =>
        Task.Run(
            () =>
            {
                var spaces = new string(' ', 200_000);
                Expand($"{{{{< include{spaces}x");
                var document = DocumentParser.Parse(
                    _project.Combine("report.qmd"),
                    $"`{{python}}{spaces}\u00a0`\n{new string('`', 1_000_000)} `\n"
                        + string.Concat(Enumerable.Repeat("`{python} 1` ", 100_000))
                );
                document.Blocks.OfType<DocumentBlock.Inline>().Count().ShouldBe(100_000);
            },
            TestContext.Current.CancellationToken
        );

    [Fact]
    public void Metadata_files_that_name_each_other_are_read_once()
    {
        _project.Write("_quarto.yml", "metadata-files: [one.yml, _quarto.yml]");
        _project.Write("one.yml", "metadata-files: [_quarto.yml, one.yml]\nlang: de");

        var layers = ProjectMetadata.For(_project.Path, _project.Combine("report.qmd"));

        layers.Select(layer => Path.GetFileName(layer.File)).ShouldBe(["_quarto.yml", "one.yml"]);
    }

    [Fact]
    public void Metadata_files_that_go_on_and_on_are_refused()
    {
        _project.Write("_quarto.yml", "metadata-files: [0.yml]");
        for (var i = 0; i < 200; i++)
            _project.Write($"{i}.yml", $"metadata-files: [{i + 1}.yml]");

        Should
            .Throw<DocumentException>(() => ProjectMetadata.For(_project.Path, _project.Combine("report.qmd")))
            .Message.ShouldBe("the project's metadata are more than 100 files.");
    }

    private void Refused(string name) =>
        Should
            .Throw<DocumentException>(() => Expand($"{{{{< include {name} >}}}}"))
            .Message.ShouldContain("is not in the project");

    private void Expand(string text) => Includes.Expand(_project.Path, _project.Combine("report.qmd"), text);

    public void Dispose()
    {
        _project.Dispose();
        _elsewhere.Dispose();
    }
}
