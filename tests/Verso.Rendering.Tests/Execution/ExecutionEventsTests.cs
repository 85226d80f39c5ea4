using Verso.Rendering.Execution;

namespace Verso.Rendering.Tests.Execution;

public sealed class ExecutionEventsTests
{
    private readonly List<int> _started = [];
    private readonly ExecutionEvents _events;

    public ExecutionEventsTests() => _events = new ExecutionEvents(_started.Add);

    [Fact]
    public void Cells_are_announced_as_they_start()
    {
        Accept(
            """{"event":"started","cell":0}""",
            """{"event":"started","inline":0}""",
            """{"event":"started","cell":1}"""
        );

        _started.ShouldBe([0, 1]);
        (_events.RunningCell, _events.RunningInline).ShouldBe((1, null));
    }

    [Fact]
    public void Pieces_of_one_stream_join()
    {
        Accept(Stream("stdout", "a"), Stream("stdout", "b"), Stream("stderr", "c"), Stream("stdout", "d"));

        _events
            .Outputs[0]
            .ShouldBe([
                new CellOutput.Stream("stdout", "ab"),
                new CellOutput.Stream("stderr", "c"),
                new CellOutput.Stream("stdout", "d"),
            ]);
    }

    [Fact]
    public void An_error_is_forgotten_when_the_next_step_starts()
    {
        Accept("""{"event":"output","cell":0,"output":{"output_type":"error","ename":"E","evalue":"v"}}""");
        _events.LastError!.ToString().ShouldBe("E: v");

        Accept("""{"event":"started","inline":0}""");
        _events.LastError.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"event\":\"done\"")]
    [InlineData("[\"done\"]")]
    [InlineData("{\"event\":\"inline\",\"inline\":0}")]
    [InlineData("{\"event\":\"inline\",\"inline\":0,\"error\":null}")]
    [InlineData("{\"event\":\"started\",\"cell\":1e99}")]
    [InlineData("{\"event\":\"unusable\",\"reason\":null}")]
    [InlineData(
        "{\"event\":\"output\",\"cell\":0,\"output\":{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":null}}"
    )]
    [InlineData(
        "{\"event\":\"output\",\"cell\":0,\"output\":{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"\",\"frames\":[1]}}"
    )]
    public void A_line_that_makes_no_sense_is_passed_over(string line)
    {
        Accept(line);

        _events.LastError.ShouldBeNull();
        _events.Unusable.ShouldBeNull();
        _events.Done.ShouldBeFalse();
        _events.Inlines.ShouldBeEmpty();
        _events.Outputs.Values.ShouldAllBe(outputs => outputs.Count == 0);
    }

    private void Accept(params string[] lines)
    {
        foreach (var line in lines)
            _events.Accept(line);
    }

    private static string Stream(string name, string text) =>
        $$$"""{"event":"output","cell":0,"output":{"output_type":"stream","name":"{{{name}}}","text":"{{{text}}}"}}""";
}
