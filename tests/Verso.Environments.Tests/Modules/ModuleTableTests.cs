using Verso.Environments.Modules;
using Verso.Environments.Requirements;

namespace Verso.Environments.Tests.Modules;

public sealed class ModuleTableTests
{
    private static readonly string[] Sources = ["curated", "typeshed", "pyodide"];

    [Fact]
    public void Each_row_names_a_module_a_package_and_where_that_is_from()
    {
        var rows = EmbeddedText.Rows("modules.tsv").ToList();

        rows.ShouldAllBe(row =>
            row.Length == 3
            && row[0].Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0]))
            && PackageName.IsValid(row[1])
            && PackageName.Normalize(row[1]) == row[1]
            && Sources.Contains(row[2])
        );
        rows.Select(row => row[0]).ShouldBe(rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_row_is_about_a_module_that_Python_brings_today() =>
        EmbeddedText
            .Rows("modules.tsv")
            .Select(row => row[0])
            .Where(module => StandardLibrary.TryFind(module) is { Last: null })
            .ShouldBeEmpty();

    [Fact]
    public void The_longest_prefix_that_is_known_decides()
    {
        ModuleTable.TryFindPackage("mpl_toolkits.basemap.cm").ShouldBe("basemap");
        ModuleTable.TryFindPackage("mpl_toolkits.mplot3d").ShouldBe("matplotlib");
        ModuleTable.TryFindPackage("google").ShouldBeNull();
        ModuleTable.TryFindPackage(new string('a', 5000)).ShouldBeNull();
    }

    [Theory]
    [InlineData(
        "acme/__init__.py,,\nacme/core.py,sha256=x,12\nacme-1.0.dist-info/RECORD,,\n",
        "acme acme acme.core acme."
    )]
    [InlineData("single.py,,\n../../../bin/tool,,\nacme-1.0.data/scripts/x.py,,\n", "single")]
    [InlineData("fast.cpython-311-x86_64-linux-gnu.so,,\nnot-a-module.py,,\n\"odd,name.py\",,\n", "fast")]
    [InlineData("corp/charts/plain.py,,\n__pycache__/x.cpython-311.pyc,,\n", "corp corp.charts corp.charts.plain")]
    public void A_RECORD_tells_the_modules(string record, string modules) =>
        RecordedModules
            .In(new StringReader(record))
            .Distinct()
            .ShouldBe(modules.Split(' ').Distinct(), ignoreOrder: true);

    [Fact]
    public void A_wheelhouse_is_read_anew_when_a_wheel_comes_and_passes_over_what_is_none()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("broken-1.0-py3-none-any.whl", "no archive");
        folder.Write("notes.txt", "");
        var modules = new WheelhouseModules([folder.Path, folder.Combine("absent")]);
        modules.PackagesOf("greeting").ShouldBeEmpty();

        new TestWheel("Greeting.Kit", "1.0")
        {
            Files = new Dictionary<string, string> { ["greeting/__init__.py"] = "" },
        }.WriteTo(folder.Path);

        modules.PackagesOf("greeting.deep").ShouldBe(["greeting-kit"]);
    }
}
