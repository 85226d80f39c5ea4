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
