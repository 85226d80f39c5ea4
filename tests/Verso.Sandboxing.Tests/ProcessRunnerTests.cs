namespace Verso.Sandboxing.Tests;

/// <summary>What goes into a child and what comes out of it.</summary>
public sealed class ProcessRunnerTests
{
    [Fact]
    public async Task A_child_starts_with_an_empty_environment()
    {
        var result = await new ProcessSpec("/usr/bin/env").RunAsync();

        result.Succeeded.ShouldBeTrue();
        result.Output.ShouldBe("");
    }

    [Fact]
    public async Task Arguments_pass_unchanged()
    {
        string[] arguments =
        [
            "two words",
            "",
            "\"double\" 'single'",
            "a\nb\r\n",
            "back\\slash\\",
            "$HOME `id` $(id) ; & | > <",
            "*",
            "--",
            "-n",
            "größe ✔ 数",
        ];

        var result = await Shell.Python("import json, sys; print(json.dumps(sys.argv[1:]))", arguments).RunAsync();

        System.Text.Json.JsonSerializer.Deserialize<string[]>(result.Output).ShouldBe(arguments);
    }

    [Fact]
    public async Task The_environment_and_the_working_directory_are_those_given()
    {
        using var directory = new TemporaryDirectory();
        var spec = Shell.Script("""printf '%s|%s' "$GREETING" "$(pwd -P)" """) with
        {
            WorkingDirectory = directory.Path,
            Environment = new Dictionary<string, string> { ["GREETING"] = "good day = \"é\"\n" },
        };

        (await spec.RunAsync()).Output.ShouldBe($"good day = \"é\"\n|{directory.Path}");
    }

    [Fact]
    public async Task Input_is_fed_and_closed()
    {
        var input = string.Concat(Enumerable.Repeat("línea ✔\n", 50_000));

        var result = await (new ProcessSpec("/bin/cat") with { Input = input }).RunAsync();

        (result.Output == input).ShouldBeTrue();
    }

    [Fact]
    public async Task A_child_that_reads_none_of_its_input_is_no_fault()
    {
        var result = await (new ProcessSpec("/bin/true") with { Input = new string('x', 1 << 20) }).RunAsync();

        result.Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Both_pipes_are_read_while_both_are_full()
    {
        var result = await Shell
            .Python(
                """
                import os
                for _ in range(200):
                    os.write(1, b"o" * 20000)
                    os.write(2, b"e" * 20000)
                """
            )
            .RunAsync();

        result.Succeeded.ShouldBeTrue();
        result.Output.Length.ShouldBe(4_000_000);
        result.Error.Length.ShouldBe(4_000_000);
        result.Output.All(character => character == 'o').ShouldBeTrue();
    }

    [Fact]
    public async Task Lines_come_one_by_one_and_a_character_split_between_reads_stays_whole()
    {
        var (output, error) = (new List<string>(), new List<string>());
        var spec = Shell.Python(
            """
            import os, sys, time
            os.write(1, b"one\ntw\xc3")
            sys.stdin.readline()
            os.write(1, b"\xa9\n\nlast")
            os.write(2, b"wrong\n")
            """
        ) with
        {
            OnOutput = output.Add,
            OnError = error.Add,
        };

        var result = await spec.RunAsync();

        output.ShouldBe(["one", "twé", "", "last"]);
        error.ShouldBe(["wrong"]);
        result.Output.ShouldBe("");
        result.Error.ShouldBe("");
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -TERM $$", 128 + 15)]
    [InlineData("kill -SEGV $$", 128 + 11)]
    [InlineData("kill -KILL $$", 128 + 9)]
    public async Task The_exit_code_is_the_programs_own_or_tells_the_signal(string script, int expected)
    {
        var result = await Shell.Script(script).RunAsync();

        result.End.ShouldBe(ProcessEnd.Exited);
        result.ExitCode.ShouldBe(expected);
        result.Succeeded.ShouldBe(expected == 0);
    }

    [Theory]
    [InlineData("no-such-program-anywhere", "The program 'no-such-program-anywhere' was not found on PATH")]
    [InlineData("/no/such/program", "There is no program at /no/such/program.")]
    [InlineData("/etc/passwd", "There is no program at /etc/passwd.")]
    [InlineData("/etc", "There is no program at /etc.")]
    public async Task A_program_that_is_not_there_is_named(string program, string message)
    {
        var failure = await Should.ThrowAsync<ProgramNotFoundException>(() => new ProcessSpec(program).RunAsync());

        failure.Message.ShouldStartWith(message);
        failure.FileName.ShouldBe(program);
    }
}
