namespace Verso.Sandboxing.Tests;

/// <summary>Short ways to name the little programs that the tests run.</summary>
internal static class Shell
{
    private static readonly Dictionary<string, string> Environment = new() { ["PATH"] = "/usr/bin:/bin" };

    /// <param name="script">Finds the arguments in <c>$1</c>, <c>$2</c> and so on.</param>
    public static ProcessSpec Script(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments]) { Environment = Environment };

    /// <param name="script">Finds the arguments in <c>sys.argv[1:]</c>.</param>
    public static ProcessSpec Python(string script, params string[] arguments) =>
        new("/usr/bin/python3", ["-I", "-c", script, .. arguments]) { Environment = Environment };

    public static Task<ProcessResult> RunAsync(this ProcessSpec spec) =>
        ProcessRunner.RunAsync(spec, TestContext.Current.CancellationToken);
}
