using Verso.Rendering.Checking;

namespace Verso.Rendering.Tests.Checking;

/// <summary>Packages can run code when an interpreter starts, and print what they like.</summary>
public sealed class ImportCheckReportTests
{
    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"missing": null, "openPaths": []}""")]
    [InlineData("""{"missing": [null], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": -5, "module": "x"}], "openPaths": []}""")]
    public void What_makes_no_sense_is_nothing(string output) =>
        ImportCheckReport.Parse(output).Missing.ShouldBeEmpty();

    [Fact]
    public void What_does_is_kept() =>
        ImportCheckReport
            .Parse(
                """{"missing": [{"document": 0, "cell": 2, "file": null, "line": 3, "module": "cv2", "certain": true}], "openPaths": []}"""
            )
            .Missing.ShouldBe([new MissingImport(0, 2, null, 3, "cv2", true)]);
}
