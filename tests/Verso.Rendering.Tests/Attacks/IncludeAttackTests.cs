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
