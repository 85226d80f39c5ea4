using Verso.Environments.Gateway;
using Verso.Environments.Resolving;

namespace Verso.Environments.Tests.Resolving;

/// <summary>What pip says, in one sentence, and whether it may be otherwise another time.</summary>
public sealed class PipFailureTests
{
    private const string NotFound =
        "ERROR: Could not find a version that satisfies the requirement alpha>=2 (from versions: 1.0, 1.5)";

    private const string NeededOnly =
        "ERROR: Could not find a version that satisfies the requirement beta (from alpha) (from versions: none)";

    [Theory]
    [InlineData("OSError: [Errno 28] No space left on device", "The disk that holds the environments is full", true)]
    [InlineData(NotFound, "No version satisfies 'alpha>=2'; there are: 1.0, 1.5.", false)]
    [InlineData(NeededOnly, "'beta', which alpha needs, was not found in the wheelhouses", false)]
    [InlineData("ERROR: Something that nobody foresaw", "pip failed: Something that nobody foresaw", true)]
    public void Pips_own_words(string output, string sentence, bool isTransient)
    {
        var failure = PipFailure.Explain([output], remark: null, new PackageIndexOptions { Upstream = "" }, _ => []);

        failure.Message.ShouldStartWith(sentence);
        failure.IsTransient.ShouldBe(isTransient);
    }

    [Theory]
    [InlineData("sklearn>=1", "; 'sklearn' is a module of the package 'scikit-learn', so name that.")]
    [InlineData("json", "; 'json' is a part of Python itself, so take the line out.")]
    [InlineData("pandsa", "; did you mean 'pandas'?")]
    [InlineData("torhc", "; check the spelling.")]
    [InlineData("no-such-package", "; check the spelling.")]
    public void What_may_have_been_meant_is_said_unless_it_is_not_allowed(string requirement, string end)
    {
        var output =
            $"ERROR: Could not find a version that satisfies the requirement {requirement} (from versions: none)";
        var index = new PackageIndexOptions { Upstream = "", DeniedNames = ["torch"] };

        PipFailure.Explain([output], remark: null, index, _ => []).Message.ShouldEndWith(end);
    }

    [Fact]
    public void Who_needs_it_stands_in_the_same_line()
    {
        string[] output =
        [
            "ERROR: Could not find a version that satisfies the requirement beta (from alpha",
            "and this is another matter) (from versions: none)",
        ];

        PipFailure
            .Explain(output, remark: null, new PackageIndexOptions { Upstream = "" }, _ => [])
            .Message.ShouldStartWith("pip failed: Could not find a version");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_gateway_remarked_comes_first(bool isTransient)
    {
        var remark = new GatewayRemark("The gateway knows better.", isTransient);

        var failure = PipFailure.Explain([NotFound], remark, new PackageIndexOptions(), _ => []);

        failure.Message.ShouldBe(remark.Sentence);
        failure.IsTransient.ShouldBe(isTransient);
    }
}
