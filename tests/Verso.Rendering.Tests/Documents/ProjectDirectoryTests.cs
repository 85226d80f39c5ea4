using Verso.Rendering.Documents;

namespace Verso.Rendering.Tests.Documents;

public sealed class ProjectDirectoryTests
{
    [Theory]
    [InlineData("requirements.vrf", "a")]
    [InlineData("_quarto.yml", "a")]
    [InlineData("other.txt", "a/b")]
    public void The_nearest_folder_with_a_projects_file_is_the_project(string file, string project)
    {
        using var folder = new TemporaryDirectory();
        folder.Write($"a/{file}", "");
        var document = folder.Write("a/b/report.qmd", "");

        ProjectDirectory.Of(document).ShouldBe(folder.Combine(project));
    }
}
