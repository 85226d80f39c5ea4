using Verso.Environments.Interpreters;
using Verso.Environments.Wheels;

namespace Verso.Environments.Tests.Wheels;

public sealed class VirtualEnvironmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("environment")]
    [InlineData("with space")]
    [InlineData("it's")]
    [InlineData("$HOME")]
    [InlineData("bin")]
    public async Task An_empty_environment_is_what_venv_makes(string name)
    {
        using var fixture = await WheelFixture.StartAsync();
        var directory = fixture.Combine("in", name);
        string[] arguments = ["-I", "-m", "venv", "--without-pip", "--system-site-packages", directory];
        await Run.CheckedAsync(fixture.Interpreter.Path, arguments);
        Directory.Move(directory, fixture.Combine("by-venv"));

        await fixture.CreateEmptyAsync(directory);

        var compare = Path.Combine(AppContext.BaseDirectory, "Wheels", "compare_trees.py");
        (
            await Run.CheckedAsync("/usr/bin/python3", "-I", compare, fixture.Combine("by-venv"), directory)
        ).ShouldStartWith("compared");
    }

    [Fact]
    public async Task The_template_is_made_once_for_an_interpreter_and_again_for_a_changed_one()
    {
        using var fixture = await WheelFixture.StartAsync();
        var python = fixture.Combine("python3");
        var calls = fixture.Combine("calls");
        void Install(string more) =>
            File.WriteAllText(
                python,
                $"#!/bin/sh\n{more}echo called >>{calls}\nexec {fixture.Interpreter.Path} \"$@\"\n"
            );
        Install("");
        File.SetUnixFileMode(python, (UnixFileMode)0x1ED);
        var interpreter = fixture.Interpreter with { Path = python, RealPath = python };

        await new VirtualEnvironments(fixture.Layout).CreateAsync(interpreter, fixture.Combine("one"), Cancellation);
        await new VirtualEnvironments(fixture.Layout).CreateAsync(interpreter, fixture.Combine("two"), Cancellation);
        File.ReadAllLines(calls).Length.ShouldBe(1);
        Install("# another\n");
        await new VirtualEnvironments(fixture.Layout).CreateAsync(interpreter, fixture.Combine("three"), Cancellation);

        File.ReadAllLines(calls).Length.ShouldBe(2);
        fixture.Staged.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interpreter_without_venv_is_named()
    {
        using var fixture = await WheelFixture.StartAsync();
        var interpreter = fixture.Interpreter with { Path = "/bin/false" };

        (
            await Should.ThrowAsync<InterpreterException>(() =>
                new VirtualEnvironments(fixture.Layout).CreateAsync(interpreter, fixture.Environment, Cancellation)
            )
        ).Message.ShouldBe("/bin/false cannot make a virtualenv (); install its venv module (Debian: python3-venv).");
    }
}
