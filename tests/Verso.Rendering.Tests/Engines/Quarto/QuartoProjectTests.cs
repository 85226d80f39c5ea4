using Verso.Rendering.Engines.Quarto;

namespace Verso.Rendering.Tests.Engines.Quarto;

public sealed class QuartoProjectTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("project:\n  type: website\n", "_site")]
    [InlineData("project:\n  type: book\n  output-dir: docs/book/\n", "docs/book")]
    [InlineData("project:\n  type: default\n", null)]
    [InlineData("project:\n  output-dir: ./\n", null)]
    [InlineData("title: x\n", null)]
    [InlineData("", null)]
    [InlineData(
        "format: &f\n  html: default\nother: *f\nproject:\n  type: website\n\n  # where\n  output-dir: public\ntitle: *f\n",
        "public"
    )]
    [InlineData("project:\n  type: book\nfaulty: [\n", "_book")]
    [InlineData("faulty: [\n", null)]
    public void The_folder_for_outputs_is_the_one_that_is_named(string text, string? folder)
    {
        var project = Read(text);

        project.Fault.ShouldBeNull();
        project.OutputFolder.ShouldBe(folder);
    }

    [Theory]
    [InlineData(".git", "whose name begins with a dot")]
    [InlineData(".venv/site", "whose name begins with a dot")]
    [InlineData("docs/.hidden", "whose name begins with a dot")]
    [InlineData("../elsewhere", "which is outside of the project")]
    [InlineData("/srv/www", "which is outside of the project")]
    public void A_folder_that_outputs_must_not_be_put_into_is_refused(string folder, string reason) =>
        Read($"project:\n  type: website\n  output-dir: {folder}\n")
            .Fault!.ToString()
            .ShouldBe($"_quarto.yml:3: error: output-dir is '{folder}', {reason}; name a folder of the project.");

    [Theory]
    [InlineData("folder: &out public\nproject:\n  type: website\n  output-dir: *out\n", 4, "*out")]
    [InlineData("x: &all\n  project: {type: book}\n<<: *all\n", 3, "*all")]
    [InlineData("x: &p {type: book}\nproject: *p\n", 2, "*p")]
    public void What_is_repeated_by_an_alias_is_not_guessed(string text, int line, string alias) =>
        Read(text)
            .Fault!.ToString()
            .ShouldStartWith(
                $"_quarto.yml:{line}: error: It cannot be told where outputs go: the YAML repeats '{alias}'"
            );

    [Theory]
    [InlineData("project:\n  pre-render: prepare.py\n", true)]
    [InlineData("project: {post-render: [a.py]}\n", true)]
    [InlineData("project:\n  type: website\n", false)]
    public void Scripts_are_seen(string text, bool has) => Read(text).HasScripts.ShouldBe(has);

    private QuartoProject Read(string text)
    {
        _project.Write("_quarto.yml", text);
        return QuartoProject.Read(_project.Path);
    }
}
