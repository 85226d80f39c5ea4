using Verso.Environments.Modules;
using Verso.Environments.Store;
using Verso.Rendering.Checking;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Tests.Checking;

/// <summary>Cells that would install packages are told where packages are declared.</summary>
public sealed class InstallCommandsTests : IDisposable
{
    private readonly TemporaryDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("%pip install humanize", "humanize")]
    [InlineData("!pip install -q --upgrade humanize>=4 --index-url http://example.org/simple", "humanize>=4")]
    [InlineData("!pip3 install 'pandas[excel] >= 2' # for Excel", "pandas[excel]>=2")]
    [InlineData("!{sys.executable} -m pip install humanize && echo done", "humanize")]
    [InlineData("!python3 -m pip install humanize", "humanize")]
    [InlineData("%conda install -y -c conda-forge humanize", "humanize")]
    [InlineData("!uv pip install humanize", "humanize")]
    [InlineData("pip install humanize", null)] // is no Python, nor a magic
    [InlineData("  !pip install sklearn", "scikit-learn")]
    [InlineData("%%bash\nset -e\npip install humanize", "humanize")]
    [InlineData("!pip install surely-nobody-has-this", null)]
    [InlineData("!pip install -r requirements.txt", null)]
    [InlineData("%pip install torch", null)] // denied
    public async Task The_line_to_add_is_exact(string source, string? line)
    {
        var entries = await ReadAsync(source);

        entries.Select(entry => entry.Advice?.RequirementLine).OfType<string>().ShouldBe(line is null ? [] : [line]);
        entries.ShouldAllBe(entry => entry.Level == EntryLevel.Warning);
        if (line is not null)
            entries[0].Message.ShouldContain($"Add '{line}' to requirements.vrf.");
    }

    [Theory]
    [InlineData("!pip install surely-nobody-has-this", "if it is one that you trust")]
    [InlineData("!pip install -r requirements.txt", "Write their names there")]
    [InlineData("%pip install torch", "torch is not allowed here")]
    [InlineData("%pip install numpy", "Its line 1 names 'numpy'")]
    [InlineData("%pip install json", "'json' is a part of Python itself. Take this line out.")]
    public async Task What_cannot_be_added_is_warned_of(string source, string sentence)
    {
        _project.Write("requirements.vrf", "numpy\n");

        var entry = (await ReadAsync(source)).ShouldHaveSingleItem();

        entry.Message.ShouldContain(sentence);
        entry.Advice?.RequirementLine.ShouldBeNull();
    }

    [Fact]
    public async Task Each_package_is_one_entry_at_its_line()
    {
        var entries = await ReadAsync("x = 1\n%pip install humanize tabulate");

        entries
            .Select(entry => (entry.File, entry.Line, entry.Advice!.Package))
            .ShouldBe([("report.qmd", 5, "humanize"), ("report.qmd", 5, "tabulate")]);
        entries[0]
            .Message.ShouldBe(
                "A cell cannot install packages; they are declared in requirements.vrf. Add 'humanize' to requirements.vrf. Take this line out."
            );
    }

    [Fact]
    public async Task Of_very_many_lines_some_are_told() =>
        (await ReadAsync(string.Concat(Enumerable.Repeat("%pip install humanize\n", 5000)))).Count.ShouldBe(100);

    [Fact]
    public async Task A_cell_that_is_not_run_is_left_alone() =>
        (await ReadAsync("#| eval: false\n%pip install humanize")).ShouldBeEmpty();

    private async Task<IReadOnlyList<LogEntry>> ReadAsync(string source)
    {
        var path = _project.Write("report.qmd", $"text\n\n```{{python}}\n{source}\n```\n");
        var document = await QuartoDocument.LoadAsync(path, TestContext.Current.CancellationToken);
        var environment = new EnvironmentOutcome.Base(BaseReason.NoRequirements, "", [], "");
        var advisor = new ModuleAdvisor(_project.Path, environment)
        {
            Sources = ModuleSources.None with { Index = new() { DeniedNames = ["torch"] } },
        };
        return [.. InstallCommands.In(document, advisor, _project.Path)];
    }
}
