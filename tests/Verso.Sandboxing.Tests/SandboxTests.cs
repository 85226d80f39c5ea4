namespace Verso.Sandboxing.Tests;

[NeedsSandbox]
public sealed class SandboxTests
{
    private static readonly Sandbox Sandbox = new(new SandboxOptions());

    [Fact]
    public async Task The_curated_stack_works_inside()
    {
        var result = await RunAsync(
            "import numpy, pandas, matplotlib.pyplot as p; p.plot([1]); p.savefig('/tmp/x.png'); print(numpy.arange(3).sum())"
        );

        result.Process.Error.ShouldBe("");
        result.Process.Output.ShouldBe("3\n");
    }

    private static Task<SandboxResult> RunAsync(string python) =>
        Sandbox.RunAsync(
            new ProcessSpec("/usr/bin/python3", "-I", "-c", python)
            {
                WorkingDirectory = "/tmp",
                Environment = new Dictionary<string, string>
                {
                    ["PATH"] = "/usr/bin:/bin",
                    ["HOME"] = SandboxProfile.Home,
                    ["MPLBACKEND"] = "agg",
                },
            },
            SandboxProfile.Render(Sandbox.Options),
            TestContext.Current.CancellationToken
        );
}
