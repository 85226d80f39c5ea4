namespace Verso.Environments.Tests.Building;

/// <summary>Real projects, pure and compiled, with the dependencies they declare.</summary>
[NeedsSandbox]
public sealed class RealPackagesTests
{
    private const string Import = """
        import bs4, humanize, networkx, rich, yarl
        for module in bs4, humanize, networkx, rich, yarl:
            print(module.__name__, module.__file__)
        print(yarl.URL("http://example.org/a/../b").path, humanize.intcomma(12345))
        print(bs4.BeautifulSoup("<p>x</p>", "html.parser").select_one("p").text)
        """;

    [Fact]
    public async Task They_install_from_an_index_and_import()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await using var index = await TestIndex.StartAsync(await DebianWheels.DirectoryAsync());
        fixture.IndexOptions = new PackageIndexOptions { Upstream = index.Url.ToString() };

        using var leased = await fixture.LeaseAsync(
            "networkx>=2.8",
            "rich",
            "humanize",
            "beautifulsoup4",
            "yarl ; python_version >= '3.8'"
        );

        var lines = (await leased.Environment.RunPythonAsync(Import)).Split('\n');
        foreach (var line in lines[..5])
            line.ShouldContain(leased.Environment.Directory);
        lines[5..].ShouldBe(["/b 12,345", "x"]);
        leased
            .Environment.Record.Packages.Where(pin => pin.Requested)
            .Select(pin => pin.Name)
            .ShouldBe(["beautifulsoup4", "humanize", "networkx", "rich", "yarl"]);
        leased.Environment.Record.Packages.ShouldAllBe(pin => pin.Sha256.Length == 64);
    }

    [Fact]
    public async Task They_install_from_a_wheelhouse_without_any_index()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.IndexOptions = new PackageIndexOptions
        {
            Upstream = "",
            Wheelhouses = [await DebianWheels.DirectoryAsync()],
        };

        using var leased = await fixture.LeaseAsync("humanize", "yarl");

        (await leased.Environment.RunPythonAsync("import humanize, yarl; print(humanize.__file__)")).ShouldStartWith(
            leased.Environment.Directory
        );
        fixture.Index.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wheelhouse_that_lacks_a_package_is_named()
    {
        await using var fixture = await StoreFixture.StartAsync();
        fixture.IndexOptions = new PackageIndexOptions
        {
            Upstream = "",
            Wheelhouses = [await DebianWheels.DirectoryAsync()],
        };

        var failed = await fixture.FailAsync("absent");

        failed.Message.ShouldBe(
            "'absent' was not found in the wheelhouses (there is no package index), or only as source code, which is not installed; check the spelling."
        );
        fixture.Leftovers.ShouldBeEmpty();
    }
}
