using Verso.Environments.Requirements;

namespace Verso.Environments.Tests.Requirements;

public sealed class NormalizationTests
{
    [Theory]
    [InlineData("pandas", "pandas # for the tables")]
    [InlineData("pandas", "  pandas\t")]
    [InlineData("pandas", "Pandas")]
    [InlineData("pandas", "pandas\r")]
    [InlineData("pandas", "\uFEFFpandas")]
    [InlineData("pandas", "pandas[]")]
    [InlineData("pandas", "pandas ()")]
    [InlineData("pandas", "pandas\n\n# all\npandas\n")]
    [InlineData("a-b", "A_b")]
    [InlineData("a-b", "a.-_b")]
    [InlineData("pandas>=1,<2", "pandas < 2 , >= 1")]
    [InlineData("pandas>=1,<2", "pandas (>=1,<2)")]
    [InlineData("pandas==1.0rc1", "pandas==1.0RC1")]
    [InlineData("pandas[a,b]", "pandas [ b , a, a ]")]
    [InlineData("a ; os_name == \"nt\"", "a;os_name=='nt'")]
    [InlineData("a ; os_name == \"nt\"", "a; os.name  ==  \"nt\"")]
    [InlineData("a ; os_name not in \"nt\"", "a; os_name not \t in 'nt'")]
    [InlineData("a\nb", "b\na")]
    [InlineData("a\nb", "b\r\na\r\n")]
    public void Two_spellings_of_the_same_requirements_are_equal(string one, string other)
    {
        Lines(other).ShouldBe(Lines(one));
    }

    [Theory]
    [InlineData("pandas", "pandas2")]
    [InlineData("pandas", "pandas>=1")]
    [InlineData("pandas>=1", "pandas>1")]
    [InlineData("pandas==1.0", "pandas===1.0")]
    [InlineData("pandas", "pandas[excel]")]
    [InlineData("pandas", "pandas; os_name == 'nt'")]
    [InlineData("a; os_name == 'nt'", "a; os_name == 'NT'")]
    [InlineData("a; os_name == 'n t'", "a; os_name == 'n  t'")]
    [InlineData("a", "a\nb")]
    [InlineData(
        "a; (os_name == 'a' or os_name == 'b') and extra == 'c'",
        "a; os_name == 'a' or os_name == 'b' and extra == 'c'"
    )]
    public void Requirements_that_differ_in_meaning_stay_different(string one, string other)
    {
        Lines(other).ShouldNotBe(Lines(one));
    }

    [Fact]
    public void A_quote_inside_a_marker_text_survives()
    {
        Lines("a; os_name == 'say \"hi\"'").ShouldBe(["a ; os_name == 'say \"hi\"'"]);
    }

    private static IReadOnlyList<string> Lines(string text)
    {
        var file = RequirementsFile.Parse(text);
        file.Faults.ShouldBeEmpty();
        return file.NormalizedLines;
    }
}
