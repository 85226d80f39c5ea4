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
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x\u001b[31m"}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x', which is safe"}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x\n"}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x", "file": "../x.py"}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x", "file": "/etc/passwd"}], "openPaths": []}""")]
    [InlineData("""{"missing": [{"document": 0, "line": 1, "module": "x", "file": "a\nb.py"}], "openPaths": []}""")]
    public void What_makes_no_sense_is_nothing(string output) =>
        ImportCheckReport.Parse(output).Missing.ShouldBeEmpty();

    [Fact]
    public void Paths_without_end_are_none_and_of_very_many_entries_some_are_kept()
    {
        var entry = $$"""{"document": 0, "line": 1, "module": "x", "file": "{{new string('a', 5000)}}"}""";
        ImportCheckReport.Parse($$"""{"missing": [{{entry}}], "openPaths": []}""").Missing.ShouldBeEmpty();

        entry = """{"document": 0, "line": 1, "module": "x"}""";
        ImportCheckReport
            .Parse($$"""{"missing": [{{string.Join(',', Enumerable.Repeat(entry, 5000))}}], "openPaths": []}""")
            .Missing.Count.ShouldBe(1000);
    }

    [Fact]
    public void What_does_is_kept() =>
        ImportCheckReport
            .Parse(
                """{"missing": [{"document": 0, "cell": 2, "file": null, "line": 3, "module": "cv2", "certain": true}], "openPaths": []}"""
            )
            .Missing.ShouldBe([new MissingImport(0, 2, null, 3, "cv2", true)]);
}
