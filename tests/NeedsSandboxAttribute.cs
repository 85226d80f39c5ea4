using System.Reflection;
using Verso.Sandboxing;
using Xunit.v3;

namespace Verso.Testing;

/// <summary>Skips a test, and says why, on a machine that does not allow the whole sandbox.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsSandboxAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => SkipUnlessWhole();

    public static void SkipUnlessWhole()
    {
        var probe = Sandbox.ProbeAsync().GetAwaiter().GetResult(); // the framework asks synchronously
        Assert.SkipUnless(probe.Rung == SandboxRung.Full, $"It needs the whole sandbox. {probe.Mend}");
    }
}
