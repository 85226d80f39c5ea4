using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

public sealed class SettingsTests
{
    [Fact]
    public void The_defaults_have_no_faults() => new PackageIndexOptions().Faults().ShouldBeEmpty();

    [Fact]
    public void All_faults_are_named_together()
    {
        var options = new PackageIndexOptions
        {
            Upstream = "https://pypi.org/simple/?x=1",
            Wheelhouses = ["wheels"],
            PrivateNames = ["acme-*", "*-acme"],
            AllowedNames = ["a b"],
            DeniedNames = [""],
            FileHosts = ["files.example:443", "https://files.example/"],
            MinimumAge = TimeSpan.FromDays(-1),
            MaxFileBytes = 0,
            MaxBuildBytes = -1,
            CacheBytes = -1,
        };

        options
            .Faults()
            .Select(fault => fault.Split(' ')[0])
            .ShouldBe([
                .. (string[])["PackageIndex:Upstream", "PackageIndex:Wheelhouses:0", "PackageIndex:PrivateNames:1"],
                .. (string[])["PackageIndex:AllowedNames:0", "PackageIndex:DeniedNames:0"],
                .. (string[])["PackageIndex:FileHosts:1", "PackageIndex:MinimumAge", "PackageIndex:MaxFileBytes"],
                .. (string[])["PackageIndex:MaxBuildBytes", "PackageIndex:CacheBytes"],
            ]);
    }

    [Theory]
    [InlineData("1.0", "1", true)]
    [InlineData("1.0.0", "1.0", true)]
    [InlineData("v1.0", "1", true)]
    [InlineData("1.0RC1", "1.0rc1", true)]
    [InlineData("1.0-alpha.2", "1.0a2", true)]
    [InlineData("1.0-1", "1.0.post1", true)]
    [InlineData("1.0.dev", "1.0.dev0", true)]
    [InlineData("0!1.01", "1.1", true)]
    [InlineData("1.0+Local_1", "1+local.1", true)]
    [InlineData("1.0", "1.0.1", false)]
    [InlineData("1.0", "1.0a1", false)]
    [InlineData("1!1.0", "1.0", false)]
    [InlineData("odd", "odd", true)]
    public void Spellings_of_one_version_are_told_from_other_versions(string one, string other, bool expected) =>
        (PackageVersion.Normalize(one) == PackageVersion.Normalize(other)).ShouldBe(expected);

    [Theory]
    [InlineData("alpha-1.0-py3-none-any.whl", "1.0")]
    [InlineData("Alpha-1.0+local-2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "1.0+local")]
    [InlineData("alpha-1.0.tar.gz", "1.0")]
    [InlineData("alpha-1.0-2.zip", "1.0-2")]
    [InlineData("alpha-1.0-py3-none.whl", null)]
    [InlineData("alpha-1.0-build-py3-none-any.whl", null)]
    [InlineData("alpha-1.0-py3-none-any.whl\n", null)]
    [InlineData("alpha-1.0-py3-none-a/ny.whl", null)]
    [InlineData("alpha-1.0-py3-none-any.WHL", null)]
    [InlineData("_-1.0-py3-none-any.whl", null)]
    [InlineData("beta-1.0-py3-none-any.whl", null)]
    [InlineData("alpha-beta-1.0.tar.gz", null)]
    [InlineData("alpha.tar.gz", null)]
    [InlineData("", null)]
    public void File_names_tell_the_version_or_are_none_of_the_projects(string fileName, string? expected) =>
        (DistributionName.TryParse(fileName, "alpha")?.Version).ShouldBe(expected);
}
