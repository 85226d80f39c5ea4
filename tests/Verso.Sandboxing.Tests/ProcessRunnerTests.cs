using Verso.Sandboxing;

namespace Verso.Sandboxing.Tests;

public sealed class ProcessRunnerTests
{
    [Fact]
    public async Task A_child_starts_with_an_empty_environment()
    {
        var result = await ProcessRunner.RunAsync(
            new ProcessSpec("/usr/bin/env"),
            TestContext.Current.CancellationToken
        );

        result.Succeeded.ShouldBeTrue();
        result.Output.ShouldBe("");
    }
}
