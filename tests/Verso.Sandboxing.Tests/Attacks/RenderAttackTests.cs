using System.Diagnostics;

namespace Verso.Sandboxing.Tests.Attacks;

/// <summary>Each attack of <c>attacks.py</c>, in a sandbox of its own with the render profile.</summary>
public sealed class RenderAttackTests(Canaries canaries) : IClassFixture<Canaries>
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.py");
    private static readonly Sandbox Sandbox = new(new SandboxOptions());

    public static TheoryData<string> Attacks
    {
        get
        {
            using var list = Process.Start(
                new ProcessStartInfo("/usr/bin/python3", [Script, "--list"])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                }
            )!;
            return [.. list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Is_refused(string attack)
    {
        var result = await RunAsync(Sandbox, attack);

        result.Process.Output.ShouldStartWith("REFUSED", customMessage: result.Process.Error);
        canaries.ShouldBeUntouched();
    }

    /// <summary>The attacks are real: without the sandbox they work.</summary>
    [Theory]
    [InlineData("read_secret")]
    [InlineData("read_secret_through_own_symlink")]
    [InlineData("read_other_project")]
    [InlineData("see_host_tmp")]
    [InlineData("host_processes")]
    [InlineData("new_user_namespace")]
    [InlineData("other_interfaces")]
    public async Task Works_without_the_sandbox(string attack)
    {
        var unconfined = new Sandbox(new SandboxOptions { Mode = SandboxMode.Unconfined });

        var result = await RunAsync(unconfined, attack);

        result.Process.Output.ShouldStartWith("BREACH", customMessage: result.Process.Error);
    }

    [Fact]
    public void There_are_many()
    {
        TestContext.Current.SendDiagnosticMessage($"{Attacks.Count} attacks on the render profile");
        Attacks.Count.ShouldBeGreaterThanOrEqualTo(60);
    }

    private Task<SandboxResult> RunAsync(Sandbox sandbox, string attack)
    {
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = [Script, canaries.EnvironmentDirectory],
            Writable = [new WritableFolder(canaries.Project)],
        };
        foreach (var leftover in Directory.EnumerateFiles(canaries.Project))
            File.Delete(leftover);
        var spec = new ProcessSpec("/usr/bin/python3", "-I", Script, attack)
        {
            WorkingDirectory = canaries.Project,
            Environment = canaries.Names,
        };
        return sandbox.RunAsync(spec, profile, TestContext.Current.CancellationToken);
    }
}
