using Verso.Environments.Requirements;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests.Logs;

public sealed class PipLogTests
{
    private static readonly RequirementsFile Requirements = RequirementsFile.Parse(
        "# what we need\nNumPy<1.20\npandas==2.1.0\nno-such-thing\n"
    );

    [Fact]
    public void A_conflict_says_which_package_wants_what()
    {
        var entry = Read(
            """
            Looking in indexes: http://127.0.0.1:1234/token/simple/
            ERROR: Cannot install numpy<1.20 and pandas==2.1.0 because these package versions have conflicting dependencies.

            The conflict is caused by:
                The user requested numpy<1.20
                pandas 2.1.0 depends on numpy>=1.22.4; python_version < "3.11"

            To fix this you could try to:
            1. loosen the range of package versions you've specified
            ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/
            """
        );

        entry
            .ToString()
            .ShouldBe(
                "requirements.vrf:2: error: No versions satisfy all of these at once: the project asks for numpy<1.20; "
                    + "pandas 2.1.0 needs numpy>=1.22.4; python_version < \"3.11\". Loosen one of them."
            );
        entry.Raw.ShouldNotBeNull().ShouldStartWith("ERROR: Cannot install");
    }

    [Theory]
    [InlineData(
        "ERROR: Could not find a version that satisfies the requirement no-such-thing (from versions: none)\nERROR: No matching distribution found for no-such-thing",
        4,
        "There is no package 'no-such-thing' to be had; check the spelling."
    )]
    [InlineData(
        "ERROR: Could not find a version that satisfies the requirement pandas==2.1.0 (from -r requirements.txt (line 2)) (from versions: 1.0, 2.0)",
        3,
        "No version satisfies 'pandas==2.1.0'; there are: 1.0, 2.0."
    )]
    [InlineData(
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        null,
        "The disk is full, or the share of it that this may use; remove some files, or ask the operator for room."
    )]
    [InlineData(
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
        null,
        "A package's file is not the one that was resolved (its hash differs); it was not installed."
    )]
    [InlineData("Looking\nERROR: Something else went wrong", null, "Something else went wrong.")]
    public void Each_failure_is_one_entry_at_its_line(string log, int? line, string message)
    {
        var entry = Read(log);

        (entry.File, entry.Line, entry.Message).ShouldBe(("requirements.vrf", line, message));
    }

    [Fact]
    public void Nothing_is_said_of_a_log_without_an_error() =>
        PipLog.Read("Collecting numpy\nWould install numpy-1.19\n", Requirements).ShouldBeEmpty();

    private static LogEntry Read(string log) => PipLog.Read(log, Requirements).ShouldHaveSingleItem();
}
