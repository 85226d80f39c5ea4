using System.Diagnostics;

namespace Verso.Sandboxing.Tests.Attacks;

/// <summary>The attacks of <c>attacks.py</c>, each run in a sandbox of its own with the render profile.</summary>
internal static class AttackScript
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.py");

    public static IReadOnlyList<string> Names { get; } = ReadNames();

    public static Task<SandboxResult> RunAsync(Sandbox sandbox, Canaries canaries, string attack)
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

    private static string[] ReadNames()
    {
        var info = new ProcessStartInfo("/usr/bin/python3", ["-I", Script, "--list"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var list = Process.Start(info)!;
        return list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
