using System.Text;
using Verso.Environments.Requirements;

namespace Verso.Environments.Tests.Requirements;

/// <summary>Whatever stands at the place of requirements.vrf is read, or refused in a sentence.</summary>
public sealed class RequirementsFileTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void No_file_means_no_requirements()
    {
        Load()
            .ShouldSatisfyAllConditions(file => file.Requirements.ShouldBeEmpty(), file => file.Faults.ShouldBeEmpty());
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_fine()
    {
        Write([0xEF, 0xBB, 0xBF, .. "pandas>=2\r\nrich\r\n"u8]);

        Load().NormalizedLines.ShouldBe(["pandas>=2", "rich"]);
    }

    [Fact]
    public void Every_fault_is_reported_with_its_line()
    {
        _project.Write(
            RequirementsFile.Name,
            "pandas\n# note\n-r other.txt\n\nrich>=\nname @ https://example.org/x.whl\n"
        );

        var file = Load();

        file.Faults.Select(fault => fault.Line).ShouldBe([3, 5, 6]);
        file.Faults[0].ToString().ShouldStartWith("requirements.vrf:3: pip's options are not allowed");
        file.Faults[1].Message.ShouldContain("'>='");
        file.Faults[2].Message.ShouldStartWith("addresses are not allowed");
    }

    [Fact]
    public void A_null_byte_is_refused_with_its_line()
    {
        Write("pandas\nri\0ch\n"u8);

        var fault = Load().Faults.ShouldHaveSingleItem();

        fault
            .ToString()
            .ShouldBe("requirements.vrf:2: the character U+0000 cannot stand in a requirement; use plain ASCII.");
    }

    [Fact]
    public void Text_in_another_encoding_is_refused()
    {
        Write(Encoding.Latin1.GetBytes("pandas # größe\n"));

        RefusalOfTheWhole().ShouldContain("not UTF-8");
    }

    [Fact]
    public void A_comment_may_hold_any_text()
    {
        _project.Write(RequirementsFile.Name, "pandas # Größe ✔ @ https://example.org $HOME\n");

        Load().NormalizedLines.ShouldBe(["pandas"]);
    }

    [Fact]
    public void Ten_megabytes_are_refused_unread()
    {
        using (var file = File.Create(_project.Combine(RequirementsFile.Name)))
            file.SetLength(10 << 20);

        RefusalOfTheWhole().ShouldContain("10,485,760 bytes; at most 65,536");
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('(')]
    [InlineData('a')]
    [InlineData(',')]
    public void The_largest_file_of_one_line_is_refused_for_its_length(char filling)
    {
        var line = 'a' + new string(filling, RequirementsFile.MaxBytes - 2) + 'b';

        RequirementsFile.Parse(line).Faults.ShouldHaveSingleItem().Message.ShouldContain("65,536 characters");
    }

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(_project.Combine(RequirementsFile.Name));

        RefusalOfTheWhole().ShouldStartWith("this is a folder");
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("real.txt")]
    [InlineData("nowhere.txt")]
    [InlineData("requirements.vrf")]
    [InlineData("/etc")]
    [InlineData(".")]
    public void A_link_is_refused_wherever_it_leads(string target)
    {
        _project.Write("real.txt", "pandas\n");
        File.CreateSymbolicLink(_project.Combine(RequirementsFile.Name), target);

        RefusalOfTheWhole().ShouldStartWith("this is a symbolic link");
    }

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_a_writer()
    {
        await Run.CheckedAsync("mkfifo", _project.Combine(RequirementsFile.Name));

        RefusalOfTheWhole().ShouldStartWith("this is not a regular file");
    }

    private RequirementsFile Load() => RequirementsFile.Load(_project.Path);

    private void Write(ReadOnlySpan<byte> bytes) => File.WriteAllBytes(_project.Combine(RequirementsFile.Name), bytes);

    private string RefusalOfTheWhole()
    {
        var file = Load();
        file.Requirements.ShouldBeEmpty();
        var fault = file.Faults.ShouldHaveSingleItem();
        fault.Line.ShouldBe(0);
        fault.ToString().ShouldStartWith("requirements.vrf: ");
        return fault.Message;
    }
}
