namespace Verso.Sandboxing.Tests.Attacks;

[NeedsSandbox]
public sealed class RenderAttackTests(Canaries canaries) : IClassFixture<Canaries>
{
    private static readonly Sandbox Sandbox = new(new SandboxOptions());

    public static TheoryData<string> Attacks => [.. AttackScript.Names];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Is_refused(string attack)
    {
        var result = await AttackScript.RunAsync(Sandbox, canaries, attack);

        result.Process.Output.ShouldStartWith("REFUSED", customMessage: result.Process.Error);
        canaries.ShouldBeUntouched();
    }
}
