using Verso.Environments.Modules;

namespace Verso.Environments.Tests.Modules;

public sealed class NameHintTests
{
    [Theory]
    [InlineData("sklearn", "'sklearn' is a module of the package 'scikit-learn', so name that.")]
    [InlineData("cv2", "'cv2' is a module of the package 'opencv-python', so name that.")]
    [InlineData("pil", "'pil' is a module of the package 'pillow', so name that.")]
    [InlineData("json", "'json' is a part of Python itself, so take the line out.")]
    [InlineData("os", "'os' is a part of Python itself, so take the line out.")]
    [InlineData("numpi", "did you mean 'numpy'?")]
    [InlineData("matplotib", "did you mean 'matplotlib'?")]
    [InlineData("scikitlearn", "did you mean 'scikit-learn'?")]
    [InlineData("pandsa", "did you mean 'pandas'?")]
    [InlineData("pandas", null)]
    [InlineData("acme-internal-tools", null)]
    [InlineData("xqz", null)]
    public void Says_what_may_have_been_meant(string name, string? hint) =>
        NameHint.For(name, isAllowed: _ => true).ShouldBe(hint);

    [Theory]
    [InlineData("sklearn")]
    [InlineData("numpi")]
    public void Proposes_nothing_that_is_not_allowed(string name) =>
        NameHint.For(name, isAllowed: _ => false).ShouldBeNull();

    [Theory]
    [InlineData("numpy", "numpy", false)]
    [InlineData("numpy", "nmupy", true)]
    [InlineData("numpy", "umpy", true)]
    [InlineData("numpy", "numpyy", true)]
    [InlineData("numpy", "nunpy", true)]
    [InlineData("numpy", "nunpi", false)]
    [InlineData("numpy", "numpyxx", false)]
    [InlineData("ab", "ba", true)]
    public void A_letter_makes_a_misspelling(string one, string other, bool isOne)
    {
        Misspelling.Is(one, other).ShouldBe(isOne);
        Misspelling.Is(other, one).ShouldBe(isOne);
    }
}
