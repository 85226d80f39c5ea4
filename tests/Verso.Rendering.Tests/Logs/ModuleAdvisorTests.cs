using System.Text.Json;
using Verso.Environments.Store;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests.Logs;

public sealed class ModuleAdvisorTests : IDisposable
{
    private static readonly EnvironmentOutcome Base = new EnvironmentOutcome.Base(
        BaseReason.BuildFailed,
        "pip found no version.",
        [],
        ""
    );

    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("cv2", "opencv-python")]
    [InlineData("sklearn", "scikit-learn")]
    [InlineData("sklearn.linear_model", "scikit-learn")]
    [InlineData("PIL", "pillow")]
    [InlineData("yaml", "pyyaml")]
    [InlineData("bs4", "beautifulsoup4")]
    public void A_known_module_names_the_line_to_add(string module, string package)
    {
        var (sentence, advice) = ModuleAdvisor.Advise(module, Base, _project.Path);

        advice.ShouldBe(new Advice(AdviceKind.AddPackage, module, package, package));
        sentence.ShouldContain($"Add '{package}' to requirements.vrf");
        sentence.ShouldContain("a module of the project's own");
    }

    [Fact]
    public void An_unknown_module_proposes_no_package()
    {
        var (sentence, advice) = ModuleAdvisor.Advise("my_helpers.plots", Base, _project.Path);

        advice.ShouldBe(new Advice(AdviceKind.UnknownModule, "my_helpers.plots"));
        sentence.ShouldContain("put my_helpers.py beside the document");
    }

    [Theory]
    [InlineData("opencv-python")]
    [InlineData("OpenCV_Python >= 4  # images")]
    public void A_package_that_is_listed_was_not_installed_for_a_reason(string line)
    {
        _project.Write("requirements.vrf", $"numpy\n{line}\n");

        var (sentence, advice) = ModuleAdvisor.Advise("cv2", Base, _project.Path);

        advice.ShouldBe(new Advice(AdviceKind.NotInstalled, "cv2", "opencv-python"));
        sentence.ShouldEndWith("was not installed, as the log says.");
    }

    [Fact]
    public void A_package_that_is_installed_is_not_to_be_added_again()
    {
        _project.Write("requirements.vrf", "opencv-python\n");
        var leased = new EnvironmentOutcome.Leased(null!, null!, Built: false, null!, "");

        var (sentence, advice) = ModuleAdvisor.Advise("cv2.missing", leased, _project.Path);

        advice.RequirementLine.ShouldBeNull();
        sentence.ShouldStartWith("'opencv-python' is installed");
    }

    [Fact]
    public void Advice_can_be_read_by_programs() =>
        JsonSerializer
            .Serialize(
                new Advice(AdviceKind.AddPackage, "cv2", "opencv-python", "opencv-python"),
                JsonSerializerOptions.Web
            )
            .ShouldBe("""{"kind":0,"module":"cv2","package":"opencv-python","requirementLine":"opencv-python"}""");
}
