using Verso.Sandboxing.Tests.Attacks;

namespace Verso.Sandboxing.Tests;

/// <summary>The attacks are real and many.</summary>
public sealed class AttackScriptTests(Canaries canaries) : IClassFixture<Canaries>
{
    [Theory]
    [InlineData("read_secret")]
    [InlineData("read_secret_through_own_symlink")]
    [InlineData("read_other_project")]
    [InlineData("see_host_tmp")]
    [InlineData("host_processes")]
    [InlineData("new_user_namespace")]
    [InlineData("other_interfaces")]
    public async Task Attacks_work_without_the_sandbox(string attack)
    {
        var unconfined = new Sandbox(new SandboxOptions { Mode = SandboxMode.Unconfined });

        var result = await AttackScript.RunAsync(unconfined, canaries, attack);

        result.Process.Output.ShouldStartWith("BREACH", customMessage: result.Process.Error);
    }

    [Fact]
    public void There_are_many() => AttackScript.Names.Count.ShouldBeGreaterThanOrEqualTo(60);
}
